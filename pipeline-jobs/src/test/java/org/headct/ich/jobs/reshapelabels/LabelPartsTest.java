package org.headct.ich.jobs.reshapelabels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelHeader.LongForm;
import org.headct.ich.domain.label.LabelText.Layout;
import org.headct.ich.jobs.reshapelabels.LabelParts.Part;
import org.headct.ich.jobs.source.SourceObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte of a label file belongs to one part, and every part to one task. */
class LabelPartsTest {
  private static final long MIB = 1L << 20;

  private static LabelFile file(String name, String member, long bytes) {
    return new LabelFile(
        new SourceObject(name, member, 0, bytes, bytes, false), LongForm.ID_FIRST, Layout.PLAIN);
  }

  private static LabelParts parts(int cores, LabelFile... files) {
    return LabelParts.of(List.of(files), List.of(files).stream().map(f -> 1).toList(), cores);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "1048576, 2", "119700000, 2", "119700000, 64", "500000000000, 8"})
  void aPlainFileIsCutWithoutGapOrOverlap(long bytes, int cores) {
    LabelParts parts = parts(cores, file("a.csv", "", bytes));

    long next = 0;
    for (Part part : parts.parts()) {
      assertThat(part.start()).isEqualTo(next);
      next += part.length();
    }
    assertThat(next).isGreaterThanOrEqualTo(bytes);
    assertThat(parts.parts()).hasSizeLessThan(20_000);
    assertThat(parts.tasks().stream().flatMap(List::stream)).isEqualTo(parts.parts());
    assertThat(parts.sources().files()).hasSize(parts.parts().size()).containsOnly(0);
  }

  @Test
  void whatCannotBeCutIsOnePart() {
    LabelParts parts =
        parts(2, file("a.csv.gz", "", 900 * MIB), file("b.zip", "labels.csv", 900 * MIB));

    assertThat(parts.parts()).hasSize(2).allMatch(p -> p.start() == 0 && p.length() > 1L << 60);
    assertThat(parts.tasks()).hasSize(2);
  }

  /** A row of the wide form may span lines, so no part can start within the file. */
  @Test
  void aWideFileIsOnePart() {
    LabelHeader wide = new LabelHeader.Wide(7, 0, List.of(1, 2, 3, 4, 5, 6), List.of());
    SourceObject object = new SourceObject("a.csv", "", 0, 900 * MIB, 900 * MIB, false);

    LabelParts parts =
        LabelParts.of(List.of(new LabelFile(object, wide, Layout.PLAIN)), List.of(1), 2);

    assertThat(parts.parts()).hasSize(1).allMatch(p -> p.start() == 0 && p.length() > 1L << 60);
  }

  /** Ten thousand small files do not become ten thousand tasks. */
  @Test
  void smallFilesShareATask() {
    LabelFile[] files = new LabelFile[10_000];
    for (int i = 0; i < files.length; i++) {
      files[i] = file("%05d.csv".formatted(i), "", 2000);
    }

    LabelParts parts = parts(2, files);

    assertThat(parts.parts()).hasSize(10_000);
    assertThat(parts.tasks()).hasSizeBetween(2, 20);
    assertThat(parts.sources().files()).isSorted().endsWith(9_999);
  }

  /** Two cores end at the same time on two or four partitions, not on three. */
  @Test
  void partitionsAreAMultipleOfTheCores() {
    assertThat(parts(2, file("a.csv", "", 119_700_000)).partitions()).isEqualTo(4);
    assertThat(parts(64, file("a.csv", "", 119_700_000)).partitions()).isEqualTo(3);
    assertThat(parts(2, file("a.csv", "", 2000)).partitions()).isEqualTo(1);
  }
}
