package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.LabelHeader.LongForm;
import org.headct.ich.domain.label.LabelHeader.Reads;
import org.headct.ich.domain.label.LabelHeader.Wide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelHeaderTest {
  private static final String WIDE =
      "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural";

  private static LabelHeader parse(String line) {
    return LabelHeader.parse(line, "dump/a.csv", Optional.empty());
  }

  private static String refusal(String line) {
    return refusal(line, Optional.empty());
  }

  private static String refusal(String line, Optional<LabelForm> set) {
    var thrown =
        assertThatThrownBy(() -> LabelHeader.parse(line, "dump/a.csv", set))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("dump/a.csv:1: ");
    List<String> message = new ArrayList<>();
    thrown.satisfies(e -> message.add(String.valueOf(e.getMessage())));
    assertThat(message.get(0)).hasSizeLessThan(300);
    assertThat(message.get(0).chars())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E);
    return message.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID,Label", "\uFEFFID,Label\r", "\"ID\",\"Label\"", " id , LABEL "})
  void idFirst(String line) {
    assertThat(parse(line)).isEqualTo(LongForm.ID_FIRST);
  }

  @Test
  void labelFirst() {
    assertThat(parse("Label,ID")).isEqualTo(LongForm.LABEL_FIRST);
    assertThat(parse("Label,ID").form()).isEqualTo(LabelForm.LONG);
  }

  @Test
  void longFilesMayHaveMoreColumns() {
    assertThat(parse(",ID,Label")).isEqualTo(new LongForm(3, 1, 2, List.of("(unnamed)")));
    assertThat(parse("fold,label,sop_instance_uid"))
        .isEqualTo(new LongForm(3, 2, 1, List.of("fold")));
    assertThat(parse("image,ID,Label"))
        .as("the first of the known names is the id")
        .isEqualTo(new LongForm(3, 1, 2, List.of("image")));
    assertThat(parse("filename,Label")).isEqualTo(LongForm.ID_FIRST);
    assertThat(refusal("ID,Label,label")).contains("the header has Label more than once");
  }

  @Test
  void scansMayBeNamedByTheirDicomIds() {
    String votes = ",R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH";
    for (String name :
        List.of("name", "Scan", "PatientID", "StudyInstanceUID", "series_instance_uid")) {
      assertThat(((Reads) parse("x," + name + votes)).name()).as(name).isEqualTo(1);
    }
    assertThat(((Reads) parse("PatientID,name" + votes)).ignored()).containsExactly("PatientID");
  }

  @Test
  void wide() {
    assertThat(parse(WIDE)).isEqualTo(new Wide(7, 0, List.of(2, 3, 4, 5, 6, 1), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID",
        "id",
        "image",
        "Image ID",
        "image_id",
        "filename",
        "sop_instance_uid",
        "SOPInstanceUID",
        "\"ID\""
      })
  void wideIdsHaveSeveralNames(String id) {
    assertThat(parse("\uFEFF" + WIDE.replace("ID", id) + "\r")).isEqualTo(parse(WIDE));
  }

  @Test
  void wideColumnsMayStandInAnyOrderWithOthersBetween() {
    assertThat(
            parse(
                ",subdural,\"notes, free\",ANY, Epidural ,filename,intraparenchymal,"
                    + "\"intraventricular\",subarachnoid,image"))
        .isEqualTo(
            new Wide(
                10, 9, List.of(4, 6, 7, 8, 1, 3), List.of("(unnamed)", "notes, free", "filename")));
  }

  @Test
  void everyOrderOfTheWideColumnsIsFound() {
    List<String> names = new ArrayList<>(List.of((WIDE + ",x,y").split(",")));
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Collections.shuffle(names, random);
      Wide wide = (Wide) parse(String.join(",", names));
      assertThat(names.get(wide.id())).isEqualTo("ID");
      for (Subtype subtype : Subtype.ALL) {
        assertThat(names.get(wide.column(subtype))).isEqualTo(subtype.column());
      }
      assertThat(wide.ignored()).containsExactlyInAnyOrder("x", "y");
      assertThat(wide.columns()).isEqualTo(9);
    }
  }

  /** Returns the header as it is published. */
  static String reads(int readers) {
    StringBuilder header = new StringBuilder("name,Category");
    for (int r = 1; r <= readers; r++) {
      for (ScanFinding finding : ScanFinding.ALL) {
        header.append(",R").append(r).append(':').append(finding.published());
      }
    }
    return header.toString();
  }

  @Test
  void reads() {
    List<List<Integer>> votes =
        IntStream.range(0, 3)
            .mapToObj(r -> IntStream.range(2 + 14 * r, 16 + 14 * r).boxed().toList())
            .toList();
    assertThat(reads(3)).startsWith("name,Category,R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH,R1:B");
    assertThat(parse(reads(3))).isEqualTo(new Reads(44, 0, votes, List.of("Category")));
    assertThat(parse(reads(3))).extracting(LabelHeader::form).isEqualTo(LabelForm.READS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 9})
  void oneToNineReaders(int readers) {
    assertThat(parse(reads(readers)))
        .asInstanceOf(type(Reads.class))
        .extracting(Reads::readers)
        .isEqualTo(readers);
  }

  @Test
  void readsNeedTheSixHaemorrhagesOnly() {
    Reads header =
        (Reads) parse("R1:SAH,R1:EDH,R1:SDH,name,R1:IVH,R1:IPH,r1:ich,R1:Mood,R1:Fracture");
    assertThat(header.name()).isEqualTo(3);
    assertThat(header.votes().get(0))
        .containsExactly(6, 5, 4, 2, 1, 0, -1, -1, -1, 8, -1, -1, -1, -1);
    assertThat(header.ignored()).containsExactly("R1:Mood");
  }

  @ParameterizedTest
  @EnumSource(LabelForm.class)
  void theFormMayBeSet(LabelForm set) {
    List<String> headers = List.of("ID,Label", WIDE, reads(3));
    for (LabelForm form : LabelForm.values()) {
      String header = headers.get(form.ordinal());
      if (form == set) {
        assertThat(LabelHeader.parse(header, "a", Optional.of(set)).form()).isEqualTo(set);
      } else {
        assertThat(refusal(header, Optional.of(set)))
            .contains("labels.form = " + set.key() + " (", "of the form " + form.key() + ": '");
      }
    }
    assertThat(refusal("Patient,Diagnosis", Optional.of(set)))
        .contains("must start with " + set.example() + ", got 'Patient,Diagnosis'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ID_a_any,1 | got the data row 'ID_a_any,1'; put the header",
        "ID_a,0,1,0,0,0,1 | got the data row",
        "ID_a.dcm,0.0,1.0 | got the data row",
        "CQ500-CT-0,B1,0,0,0 | got the data row",
        "1.2.840.113619.2.5_any,1 | got the data row '(a UID)_any,1'",
        "/data/MEIER/1.2.840.1.dcm,0,0 | got the data row '…/(a UID).dcm,0,0'",
        "ID;Label | separate the columns by a comma",
        "ID;any;epidural | separate the columns by a comma",
        "PatientID,Name,Label | 'PatientID,Name,Label'",
        "ID,ID | check labels.input",
        "ID | check labels.input",
        "'' | is the file empty?",
        "' ' | is the file empty?",
        "ID,any,subdural | lacks the columns epidural, intraparenchymal, intraventricular, sub",
        "ID,any,epidural,intraparenchymal,intraventricular,subdural | the column subarachnoid: 'ID",
        "any,epidural,intraparenchymal | lacks a column for the image: ID, image_id",
        "name,Category,R1:Fracture | lacks votes of readers: R1:ICH, R1:IPH, R1:IVH, R1:SDH",
        "R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH | lacks the column name",
        "name,R10:ICH | readers must be R1 to R9, got the column 'R10:ICH'",
        "name,R0:ICH | readers must be R1 to R9",
        "ID,any,any,epidural | the header has any more than once",
        "ID,id,any | the header has ID more than once",
        "name,R1:ICH,R1:ich | the header has R1:ICH more than once",
        "name,Name,R1:ICH | the header has name more than once",
        "{\"labels\": [1, 2]} | got JSON",
        "[{\"ID\": 1}] | got JSON",
        "<html><body>404 | got XML or HTML",
        "%PDF-1.7 | got a PDF",
        "PAR1xyz | got a Parquet file",
      })
  void anythingElseIsToldInOneLine(String line, String told) {
    assertThat(refusal(line)).contains(told);
  }

  @Test
  void readersMustAllHaveTheSix() {
    assertThat(refusal(reads(3).replace("R2:IVH,", "")))
        .endsWith(
            "lacks votes of readers: R2:IVH: 'name,Category,R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH,R1:…'");
    assertThat(refusal(reads(3).replace("R2:", "R4:")))
        .contains("R2:ICH, R2:IPH, R2:IVH, R2:SDH, R2:EDH, R2:SAH: '");
  }

  private static String asUtf8(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    return new String(raw, StandardCharsets.UTF_8);
  }

  @Test
  void filesOfOtherKindsAreNamed() {
    assertThat(refusal("PK\u0003\u0004\u0014\u0000\u0000\u0008stage_2_train.csv"))
        .contains("got a zip archive");
    assertThat(refusal(asUtf8(0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0))).contains("got gzip data");
    assertThat(refusal(asUtf8(0x28, 0xb5, 0x2f, 0xfd, 4, 0x58))).contains("got zstd data");
    assertThat(refusal("BZh91AY&SY")).contains("got bzip2 data");
    assertThat(refusal("\u0000".repeat(128) + "DICM\u0002\u0000\u0000\u0000UL"))
        .contains("got a DICOM object");
    assertThat(refusal("ID,Label\u0000")).contains("got binary data");
    assertThat(refusal(asUtf8(0x7f, 'E', 'L', 'F', 2, 1, 1, 0))).contains("got binary data");
    assertThat(refusal(asUtf8(0xff, 0xfe, 'I', 0, 'D', 0, ',', 0))).contains("save it as UTF-8");
    assertThat(refusal(asUtf8(0xfe, 0xff, 0, 'I', 0, 'D', 0, ','))).contains("save it as UTF-8");
    assertThat(refusal(asUtf8('I', 0, 'D', 0, ',', 0, 'L', 0))).contains("save it as UTF-8");
    assertThat(refusal(asUtf8('P', 'r', 0xfc, 'f', 'e', 'r', ',', 'x')))
        .contains("got bytes that are not UTF-8 text: 'Pr\uFFFDfer,x'");
    assertThat(((Wide) parse(WIDE + ",Pr\uFFFDfer")).ignored()).containsExactly("Pr\uFFFDfer");
    assertThat(refusal("ID\tLabel")).contains("'ID·Label'; separate the columns by a comma");
    assertThat(refusal("\"ID,Label")).contains("quotes are not balanced");
  }

  /** Any first line is a header, or its refusal is one short line. */
  @Test
  void noiseIsRefusedInOneLine() {
    Random random = new Random(11);
    String alphabet = "IDLabel,any\"\t \u0000\u001b\uFFFDR1:ICHname{;\r\n\u2028\u202E";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder line = new StringBuilder(i % 3 == 0 ? WIDE : i % 3 == 1 ? "ID,Label" : "");
      for (int edits = random.nextInt(9); edits >= 0; edits--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        line.insert(random.nextInt(line.length() + 1), c);
      }
      try {
        assertThat(parse(line.toString()).form()).isNotNull();
      } catch (UserException e) {
        assertThat(refusal(line.toString())).isEqualTo(e.getMessage());
      }
    }
  }
}
