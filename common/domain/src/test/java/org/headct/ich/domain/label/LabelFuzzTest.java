package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.packed.LongFormReader;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a label file: its header refuses it, or its row counts reconcile. Files of images
 * are read by the packed path and by the plain path, as one load and as two, with the same result.
 * Inputs that fuzzing found lie in {@code LabelFuzzTestInputs}.
 */
class LabelFuzzTest {
  private static final String WIDE =
      "image,any,epidural,intraparenchymal,intraventricular,subarachnoid,subdural,note\n";
  private static final String READS =
      "name,R1:ICH,R1:IPH,R1:IVH,R1:SDH,R1:EDH,R1:SAH,R1:Fracture,Category\n";
  private static final String LONG = "ID,Label\n";
  private static final int HANGS_SECONDS = 60;

  /** The maximum size of a long file. Findings show longer lines differently, on purpose. */
  private static final int MAX_BYTES = LongFormReader.MAX_LINE;

  static Stream<byte[]> longRows() {
    String image =
        Subtype.ALL.stream().map(s -> "ID_00a_" + s.column() + ",0\n").reduce("", String::concat);
    return Stream.of(
            image + image.replace("00a", "1.2.3").replace(",0", ",1").replace("\n", "\r\n"),
            image + image.replace(",0", ",0.0") + "\n  \n" + image.replace("dural,0", "dural,1"),
            "\"ID_b_any\",\"1\"\nID_0123456789abcdef_any,\nID_b_any , 1\nID__any,2",
            "ID_a.dcm_any,True\n# a comment\nx/1.2.3.dcm_any,1e0\n"
                + image.substring(20)
                + "\uFEFFID_c_subdural,é\nID_c_all,1\n")
        .map(LabelFuzzTest::bytes);
  }

  static Stream<byte[]> wideRows() {
    return Stream.of(
            "ID_a,1,0,0,0,0,1,x\nID_b.dcm,0,0,0,0,0,0,\"a \"\"b\"\"\nc, d\"\n",
            "ID_a,0,0,0,0,0,0,\r\"ID_c\",\"1\",1.0,,0.0,0,0,\r\n\nID_d,2,0,0,0,0,0,\n,,,,,,,\n",
            "\"ID_a,1,0,0,0,0,1,x\nID_b,0,0,0,0,0,0,\"x\"y\n")
        .map(LabelFuzzTest::bytes);
  }

  static Stream<byte[]> readRows() {
    return Stream.of(
            "CQ500-CT-1,1,1,0,0,0,0,0,B1\nCQ500-CT-2,0,0,0,0,0,1,,B2\nCQ500-CT-1,1,1,0,0,0,0,0,\n",
            "CQ500-CT-1,1,1,0,0,0,0,0,B1\nCQ500-CT-1,0,0,0,0,0,0,,\"B\n2\"\n,0,0,0,0,0,0,0,\nx,2,,,",
            "CQ500-CT-3,,,,,,,,\"\n")
        .map(LabelFuzzTest::bytes);
  }

  static Stream<byte[]> files() {
    return Stream.of(
            longRows().map(rows -> LONG + text(rows)),
            longRows().map(rows -> "\uFEFF\"label\" ,Id\r\n" + text(rows)),
            wideRows().map(rows -> WIDE + text(rows)),
            readRows().map(rows -> READS + text(rows)),
            Stream.of("PK\u0003\u0004", "", "id;label\n", "a,\"b\n", "{\"id\":1}"),
            Stream.of("sep=;\nID;Label;fold\nID_a_any;1,0;2\n", "# x\r,ID,Label\r0,ID_a_any,NaN\r"),
            Stream.of("I\0D\0,\0L\0a\0b\0e\0l\0\n\0a\0_\0a\0n\0y\0,\0" + "1\0"))
        .flatMap(s -> s)
        .map(LabelFuzzTest::bytes);
  }

  @Timeout(HANGS_SECONDS)
  @MethodSource("files")
  @FuzzTest(maxDuration = "3m")
  void anyFile(byte[] file) throws IOException {
    check(text(file));
  }

  @Timeout(HANGS_SECONDS)
  @MethodSource("longRows")
  @FuzzTest(maxDuration = "3m")
  void longForm(byte[] rows) throws IOException {
    check(LONG + text(rows));
  }

  @Timeout(HANGS_SECONDS)
  @MethodSource("wideRows")
  @FuzzTest(maxDuration = "3m")
  void wideForm(byte[] rows) throws IOException {
    check(WIDE + text(rows));
  }

  @Timeout(HANGS_SECONDS)
  @MethodSource("readRows")
  @FuzzTest(maxDuration = "3m")
  void reads(byte[] rows) throws IOException {
    check(READS + text(rows));
  }

  private static void check(String file) throws IOException {
    LabelHeader header;
    try {
      header = LabelHeader.parse(open(file).top(), "file", Optional.empty());
    } catch (UserException refused) {
      assertThat(refused).hasMessageMatching("file:[0-9]+: .*").hasMessageNotContaining("\n");
      return;
    }
    switch (header.form()) {
      case LONG -> {
        if (bytes(file).length <= MAX_BYTES) {
          packedAsPlain(file);
        }
      }
      case WIDE -> {
        packedAsPlain(file);
        linesAscend(file, (LabelHeader.Wide) header);
      }
      case READS -> reads(file, (LabelHeader.Reads) header);
    }
  }

  private static void packedAsPlain(String file) throws IOException {
    packedAsPlain(List.of(file), 0);
    packedAsPlain(List.of(file, file), 0, 0);
    packedAsPlain(List.of(file, file), 0, 1);
  }

  private static void packedAsPlain(List<String> files, int... loads) throws IOException {
    int bytes = bytes(files.get(0)).length;
    LabelRead.Result plain = LabelRead.lineByLine(files, loads);
    // Only a few parts, because each has its own buffer. The file's size decides where they are
    // cut.
    for (int partBytes : new int[] {1 << 30, bytes / 2 + 1, bytes / 5 + 1}) {
      assertThat(LabelRead.inParts(files, partBytes, 1 + bytes % 3, loads))
          .as("%d files, parts of %d", files.size(), partBytes)
          .isEqualTo(plain);
    }
    reconcile(6 * (plain.kept().size() + plain.superseded()), plain.findings(), plain.rows());
  }

  private static LabelText open(String file) throws IOException {
    return LabelText.open(new ByteArrayInputStream(bytes(file)));
  }

  private static void linesAscend(String file, LabelHeader.Wide header) throws IOException {
    LabelText text = open(file);
    long[] last = {text.top().line()};
    WideRowSink sink =
        new WideRowSink() {
          @Override
          public void row(WideRow row, long line) {
            ascend(line);
          }

          @Override
          public void rejected(LabelLine.Rejected rejected, long line) {
            ascend(line);
          }

          private void ascend(long line) {
            assertThat(line).isGreaterThan(last[0]);
            last[0] = line;
          }
        };
    WideLabels.read(text, header, LabelTexts.hashedIds(), sink);
  }

  private static void reads(String file, LabelHeader.Reads header) throws IOException {
    List<LabelFinding> findings = new ArrayList<>();
    ScanReads reads = new ScanReads(LabelTexts.hashedIds(), findings::add);
    long read = reads.read(open(file), header, 0);
    reconcile(6L * reads.finish().size(), findings, 6 * read);
  }

  private static void reconcile(long kept, List<LabelFinding> findings, long rows) {
    long inFindings = findings.stream().mapToLong(LabelFinding::rows).sum();
    assertThat(kept + inFindings).as("row counts reconcile").isEqualTo(rows);
    assertThat(findings).allSatisfy(f -> assertThat(f.value()).doesNotContain("\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
