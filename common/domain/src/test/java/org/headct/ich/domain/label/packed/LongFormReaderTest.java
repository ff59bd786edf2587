package org.headct.ich.domain.label.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelRead;
import org.headct.ich.domain.label.LabelReason;
import org.headct.ich.domain.label.LabelTexts;
import org.headct.ich.domain.label.Subtype;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packed path over bytes, blocks and partitions agrees with the plain path, line for line. */
class LongFormReaderTest {
  private static final String HEADER = "ID,Label\n";

  /** Returns a file as the competition writes it, with some random defects. */
  private static String file(Random random, int images, String newline, int defects) {
    List<String> lines = new ArrayList<>();
    List<Subtype> order = new ArrayList<>(Subtype.ALL);
    if (random.nextBoolean()) {
      Collections.shuffle(order, random);
    }
    for (int image = 0; image < images; image++) {
      int positive = random.nextInt(3) == 0 ? random.nextInt(32) : 0;
      String id =
          switch (random.nextInt(12)) {
            case 0 -> "ID_1.2.840.%d".formatted(random.nextInt(50));
            case 1 -> "ID_%014x".formatted(random.nextLong() >>> 8);
            case 2 -> "ID_%X".formatted(random.nextInt(50));
            default -> "ID_%09x".formatted(random.nextInt());
          };
      for (Subtype subtype : order) {
        boolean one = subtype == Subtype.ANY ? positive != 0 : (positive & subtype.bit()) != 0;
        lines.add(id + "_" + subtype.column() + "," + (one ? 1 : 0));
      }
    }
    for (int defect = 0; defect < defects; defect++) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(12)) {
        case 0 -> lines.add(random.nextInt(lines.size()), line);
        case 1 -> lines.set(at, line.replace(",0", ",1"));
        case 2 -> lines.set(at, line.replaceAll(",.*", ","));
        case 3 -> lines.set(at, line.replace(",", ",0."));
        case 4 -> lines.set(at, line.replace("_any", "_all").replace(",", ",,"));
        case 5 -> lines.set(at, "\"" + line.replace(",", "\",\"") + "\"");
        case 6 -> lines.add(at, random.nextBoolean() ? "" : "  ");
        case 7 -> lines.set(at, line.replace("ural", "urax"));
        case 8 -> lines.set(at, line.replace(",", " , "));
        case 9 -> lines.set(at, line.substring(0, random.nextInt(line.length())));
        case 10 -> lines.set(at, line + "é");
        default -> lines.remove(at);
      }
    }
    String tail = random.nextBoolean() ? newline : "";
    return HEADER.replace("\n", newline) + String.join(newline, lines) + tail;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithAPlainReading(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String newline = random.nextBoolean() ? "\n" : "\r\n";
      files.add(file(random, 150, newline, random.nextInt(60)));
    }
    // The images of one file stand in another one too.
    files.add(files.get(0));

    LabelRead.Result plain = LabelRead.lineByLine(files);
    for (int partBytes : new int[] {Integer.MAX_VALUE, 10_000, 1 + random.nextInt(200), 17}) {
      int partitions = 1 + random.nextInt(4);
      LabelRead.Result read = LabelRead.inParts(files, Math.min(partBytes, 1 << 30), partitions);

      assertThat(read).as("parts of %d, %d partitions", partBytes, partitions).isEqualTo(plain);
    }
    long inFindings = plain.findings().stream().mapToLong(LabelFinding::rows).sum();
    assertThat(plain.rows()).isEqualTo(6L * plain.kept().size() + inFindings);
  }

  @Test
  void rowsInAnyOrderGiveTheSameLabels() throws IOException {
    Random random = new Random(9);
    String inOrder = file(random, 300, "\n", 0);
    List<String> lines = new ArrayList<>(inOrder.substring(HEADER.length()).lines().toList());
    Collections.shuffle(lines, random);
    String shuffled = HEADER + String.join("\n", lines);

    assertThat(LabelRead.inParts(List.of(shuffled), 1000, 3).kept())
        .isEqualTo(LabelRead.inParts(List.of(inOrder), 1 << 20, 1).kept())
        .hasSizeGreaterThan(250);
  }

  /** An image whose six rows stand together takes one entry. */
  @Test
  void sixRowsTogetherAreOneEntry() throws IOException {
    String file = file(new Random(4), 500, "\n", 0).replace("ID_1.2", "ID_12");
    LabelBlocks out = LabelBlocks.ofLong(0, 1);
    LongFormReader reader =
        new LongFormReader(
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            LabelHeader.LongForm.ID_FIRST,
            LabelTexts.plainIds(),
            0,
            Long.MAX_VALUE,
            out);
    assertThat(reader.advance()).isFalse();

    LabelBlock block = out.finish(reader.lines()).get(0);
    assertThat(block.size()).isEqualTo(500);
    assertThat(block.lines()).isEqualTo(3001);
    assertThat(block.rows()).isEqualTo(3000);
  }

  /** A full block is handed on, so that no block grows without bound. */
  @Test
  void aLongFileComesInSeveralBlocks() throws IOException {
    int rows = 700_000;
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      file.append("ID_%09x_any,0\n".formatted(i * 7919L));
    }
    LabelBlocks out = LabelBlocks.ofLong(0, 1);
    LongFormReader reader =
        new LongFormReader(
            new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)),
            LabelHeader.LongForm.ID_FIRST,
            LabelTexts.plainIds(),
            0,
            Long.MAX_VALUE,
            out);
    List<LabelBlock> blocks = new ArrayList<>();
    while (reader.advance()) {
      blocks.addAll(out.takeFull());
    }
    blocks.addAll(out.finish(reader.lines()));

    assertThat(blocks).hasSizeGreaterThan(2);
    LabelOutcome outcome =
        LabelGathering.gather(blocks, new LabelSources(new int[] {0}, new int[] {0}));
    assertThat(outcome.rows()).isEqualTo(rows);
    assertThat(outcome.findings())
        .hasSize(rows)
        .allMatch(finding -> finding.reason() == LabelReason.INCOMPLETE_IMAGE);
    assertThat(outcome.findings().get(rows - 1).line()).isEqualTo(rows + 1L);
  }

  static Stream<String> oddFiles() {
    String row = "ID_00000000a_epidural,0\n";
    String huge = "x".repeat(LongFormReader.MAX_LINE * 5 + 3);
    return Stream.of(
        HEADER,
        "ID,Label",
        HEADER + "\n\n\n",
        HEADER + row + huge,
        HEADER + huge + "\n" + row + row,
        HEADER + "ID_" + "a".repeat(80) + "_any,1\n" + row,
        HEADER + "ID_" + "a".repeat(15) + "_any,1\n" + row,
        HEADER + "ID__any,1\n" + row,
        HEADER + "ID_a_any,1\r\r\n" + row,
        HEADER + "ID_a_any,11\n" + row,
        HEADER + "ID_a_any,1 \n" + row,
        HEADER + "\u0000\u0001\n" + row,
        HEADER + "ID_a_any,1".repeat(7) + "\n" + row,
        "Label,ID\n1,ID_a_any\n\"0\",ID_a_subdural\n");
  }

  @ParameterizedTest
  @MethodSource("oddFiles")
  void oddFilesAreReadAsPlainly(String file) throws IOException {
    LabelRead.Result plain = LabelRead.lineByLine(List.of(file));
    for (int partBytes : new int[] {5 + file.length() / 1000, 1000, 1 << 30}) {
      LabelRead.Result read = LabelRead.inParts(List.of(file), partBytes, 2);
      assertThat(read.kept()).isEqualTo(plain.kept());
      assertThat(read.rows()).isEqualTo(plain.rows());
      assertThat(read.findings())
          .extracting(LabelFinding::reason, LabelFinding::line, LabelFinding::rows)
          .containsExactlyInAnyOrderElementsOf(
              plain.findings().stream()
                  .map(f -> org.assertj.core.groups.Tuple.tuple(f.reason(), f.line(), f.rows()))
                  .toList());
    }
  }

  /** A later load's labels win; an image without labels in a later load keeps the earlier ones. */
  @Test
  void aLaterLoadCorrectsAnEarlierOne() throws IOException {
    String first = HEADER + image("ID_00000a", 0) + image("ID_00000b", 0) + image("ID_00000c", 0);
    String second =
        HEADER
            + image("ID_00000b", 1)
            + image("ID_00000c", 1).replace("epidural,1", "epidural,")
            + "x\n";

    LabelRead.Result read = LabelRead.inParts(List.of(first, second), 40, 2, 0, 1);

    assertThat(read.kept().get("ID_00000a")).isZero();
    assertThat(read.kept().get("ID_00000b")).isEqualTo(ImageLabels.ALL_BITS);
    assertThat(read.kept().get("ID_00000c")).isZero();
    assertThat(read.findings())
        .extracting(LabelFinding::reason)
        .containsExactlyInAnyOrder(LabelReason.UNANNOTATED, LabelReason.MALFORMED_ROW);
    // In one load the two files contradict each other.
    assertThat(LabelRead.inParts(List.of(first, second), 40, 2).kept())
        .containsOnlyKeys("ID_00000a");
  }

  private static String image(String id, int label) {
    StringBuilder rows = new StringBuilder();
    for (Subtype subtype : Subtype.ALL) {
      rows.append(id).append('_').append(subtype.column()).append(',').append(label).append('\n');
    }
    return rows.toString();
  }
}
