package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.headct.ich.domain.label.LabelLine.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WideLabelsTest {
  static final String HEADER =
      "ID,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural";

  /** A log of the calls: line, id and values in the header's order, or reason and text. */
  private static final class Log implements WideRowSink {
    private final List<String> calls = new ArrayList<>();

    @Override
    public void row(WideRow row, long line) {
      StringBuilder call = new StringBuilder(line + " " + row.imageId() + " ");
      for (String column : HEADER.substring(3).split(",")) {
        Annotation annotation = row.annotation(Subtype.ofColumn(column));
        call.append(annotation == Annotation.BLANK ? "_" : annotation.shown());
      }
      calls.add(call.toString());
    }

    @Override
    public void rejected(Rejected rejected, long line) {
      calls.add(line + " " + rejected.reason() + " " + rejected.shown());
    }
  }

  static List<String> read(String header, Reader rows) throws IOException {
    Log log = new Log();
    LabelHeader.Wide wide =
        (LabelHeader.Wide) LabelHeader.parse(header, "a.csv", Optional.of(LabelForm.WIDE));
    assertThat(WideLabels.read(LabelTexts.open(header, rows), wide, LabelTexts.plainIds(), log))
        .as("rows read")
        .isEqualTo(log.calls.size());
    return log.calls;
  }

  static List<String> read(String rows) throws IOException {
    return read(HEADER, new StringReader(rows));
  }

  @Test
  void aFileByHand() throws IOException {
    assertThat(
            read(
                """
                ID_1,1,0,0,1,0,0
                ID_2,0,0,0,0,0,0

                "ID_3", "1.0" ,0.0,0,0,0,1
                ID_4,,,,,,
                ID_5,0,2,0,0,0,0
                ID_6,0,0,0,0,0
                """))
        .containsExactly(
            "2 ID_1 100100",
            "3 ID_2 000000",
            "5 ID_3 100001",
            "6 ID_4 ______",
            "7 BAD_VALUE epidural: 2",
            "8 MALFORMED_ROW 6 fields instead of 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsDontMatter(String end) throws IOException {
    String rows = String.join(end, "ID_1,1,1,0,0,0,0", "", " ", "ID_2,0,0,0,0,0,0");
    List<String> expected = List.of("2 ID_1 110000", "5 ID_2 000000");
    assertThat(read(rows)).isEqualTo(expected);
    assertThat(read(rows + end)).isEqualTo(expected);
    assertThat(read(rows + end + end)).isEqualTo(expected);
    assertThat(read("")).isEmpty();
    assertThat(read(end)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID_9.dcm",
        "ID_9.png",
        "ID_9.jpg",
        "ID_9.JPEG",
        " ID_9 ",
        "\"ID_9.dcm\"",
        "\" ID_9\" ",
        "train/ID_9.dcm",
        "/data/some folder/ID_9",
        "C:\\data\\ID_9.DCM",
        "ID_9.dcm.gz",
        "'ID_9'"
      })
  void spellingsOfOneId(String id) throws IOException {
    assertThat(read(id + ",0,0,0,0,0,0")).containsExactly("2 ID_9 000000");
  }

  @ParameterizedTest
  @CsvSource({
    "ID_,ID_",
    "ID_.dcm,ID_.dcm",
    "data/,…/",
    "ID,ID",
    "a\uFFFD,a\uFFFD",
    ".dcm,.dcm",
    "'',no id"
  })
  void otherIdsAreMalformed(String id, String shown) throws IOException {
    assertThat(read(id + ",0,0,0,0,0,0")).containsExactly("2 MALFORMED_ROW " + shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "0.5", "0.99", "t", "yes", "１"})
  void otherValuesAreBad(String value) throws IOException {
    assertThat(read("ID_1,0,0,0,0,0," + value)).containsExactly("2 BAD_VALUE subdural: " + value);
  }

  @Test
  void extraColumnsMayHoldAnything() throws IOException {
    String header = "note," + HEADER + ",more";
    String rows =
        """
        "a, ""b""
        second line

        ,,,",ID_1,1,0,0,0,0,1,
        plain,ID_2,0,0,0,0,0,0,"x"
        MEIER ANNA,ID_3,0,0,0,0,0,0
        """;
    assertThat(read(header, new StringReader(rows)))
        .as("no finding shows what stands in an ignored column")
        .containsExactly("2 ID_1 100001", "6 ID_2 000000", "7 MALFORMED_ROW 8 fields instead of 9");
  }

  /** A forgotten quote costs its own line and nothing after it. */
  @Test
  void aForgottenQuoteSpoilsOneRow() throws IOException {
    String good = "ID_1,0,0,0,0,0,0\n".repeat(3);
    String bad = "MALFORMED_ROW quotes or length of the row";
    for (String row :
        List.of(
            "\"ID_2,0,0,0,0,0,0",
            "ID_2,0,0,0,0,0,\"0",
            "ID_2\",0,0,0,0,0,0",
            "\"",
            "\"ID_2\"x,\"")) {
      List<String> calls = read(good + row + "\n" + good);
      assertThat(calls).as(row).hasSize(7).contains("5 " + bad).endsWith("8 ID_1 000000");
      assertThat(read(good + row)).as(row).hasSize(4).endsWith("5 " + bad);
    }
    assertThat(read("ID_1,\"0,0,0,0,0,0\n\nID_2,0,0,0,0,0,0\nID_3,0,\"0,0,0,0,0\nID_4,0,0,0,0,0,0"))
        .as("two forgotten quotes look like one long field")
        .containsExactly("2 " + bad, "4 ID_2 000000", "5 " + bad, "6 ID_4 000000");
  }

  /** Two quotes may enclose whole rows by RFC 4180. The rows between them are not lost. */
  @Test
  void noRowIsSwallowedByAFieldThatHasNoLines() throws IOException {
    String between = "ID_2,0,0,0,0,0,0\n".repeat(20);
    assertThat(read("ID_1,0,0,0,0,0,\"0\n" + between + "ID_3,0,0,0,0,0,\"\nID_4,0,0,0,0,0,0"))
        .hasSize(23)
        .startsWith("2 MALFORMED_ROW quotes or length of the row", "3 ID_2 000000")
        .endsWith("23 MALFORMED_ROW quotes or length of the row", "24 ID_4 000000");
    assertThat(read("\"ID_1,0\n" + between + "\",0,0\nID_4,0,0,0,0,0,0"))
        .hasSize(23)
        .endsWith(
            "22 ID_2 000000", "23 MALFORMED_ROW quotes or length of the row", "24 ID_4 000000");
  }

  /** Rows written by the rules are read back, with any quoting and line ends. */
  @Test
  void writtenRowsComeBack() throws IOException {
    Random random = new Random(3);
    String[] notes = {"", "a", "\"a,b\"", "\"a\"\"b\"", "\"\r\n\"", "\"\n\n,\"", "\"\"\"\""};
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      List<String> expected = new ArrayList<>();
      long line = 2;
      for (int row = 0; row < 10; row++) {
        StringBuilder values = new StringBuilder();
        StringBuilder fields = new StringBuilder();
        for (int c = 0; c < 6; c++) {
          int v = random.nextInt(3);
          values.append("01_".charAt(v));
          String written = v == 2 ? "" : v + (random.nextBoolean() ? ".0" : "");
          fields.append(random.nextBoolean() ? written : "\"" + written + "\"").append(',');
        }
        String note = notes[random.nextInt(notes.length)];
        String end = random.nextBoolean() ? "\n" : "\r\n";
        text.append("ID_").append(row).append(',').append(fields).append(note).append(end);
        expected.add(line + " ID_" + row + " " + values);
        line += 1 + note.chars().filter(c -> c == '\n').count();
      }
      assertThat(read(HEADER + ",note", new StringReader(text.toString()))).isEqualTo(expected);
    }
  }

  @Test
  void aRejectedRowStandsForSix() {
    assertThat(new Rejected(LabelReason.BAD_VALUE, "any: 2").finding(1, 7, WideRow.ROWS))
        .isEqualTo(new LabelFinding(LabelReason.BAD_VALUE, "", 1, 7, 6, "any: 2"));
  }
}
