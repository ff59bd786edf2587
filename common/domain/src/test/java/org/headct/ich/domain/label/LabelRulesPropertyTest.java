package org.headct.ich.domain.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packed path gives the same labels and the same findings as the plain path. Forms, defects,
 * parts, partitions, loads and the order of the rows are random.
 */
class LabelRulesPropertyTest {
  private static final int ROUNDS = 60;

  /** The findings of wide files. Each row has the six classes, so no image is incomplete. */
  private static final Set<LabelReason> OF_WIDE =
      EnumSet.complementOf(
          EnumSet.of(
              LabelReason.WITHDRAWN, LabelReason.UNKNOWN_SUBTYPE, LabelReason.INCOMPLETE_IMAGE));

  private static final Set<LabelReason> OF_LONG =
      EnumSet.complementOf(EnumSet.of(LabelReason.WITHDRAWN));

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "1, 1"})
  void thePackedPathAgreesWithThePlainPath(int longFiles, int wideFiles) throws IOException {
    Set<LabelReason> met = EnumSet.noneOf(LabelReason.class);
    boolean cut = false;
    long superseded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(1000L * longFiles + 100L * wideFiles + round);
      DefectiveLabelFiles source = new DefectiveLabelFiles(random);
      List<String> files = new ArrayList<>();
      int[] loads = new int[1 + random.nextInt(4)];
      for (int file = 0; file < loads.length; file++) {
        boolean isLong = random.nextInt(longFiles + wideFiles) < longFiles;
        files.add(isLong ? source.longFile() : source.wideFile());
        loads[file] = file == 0 ? 0 : loads[file - 1] + random.nextInt(2);
      }

      LabelRead.Result plain = LabelRead.lineByLine(files, loads);

      for (int partBytes : new int[] {1 << 30, 3000, 100 + random.nextInt(300), 60}) {
        int partitions = 1 + random.nextInt(4);
        assertThat(LabelRead.inParts(files, partBytes, partitions, loads))
            .as("round %d, parts of %d, %d partitions", round, partBytes, partitions)
            .isEqualTo(plain);
      }
      long inFindings = plain.findings().stream().mapToLong(LabelFinding::rows).sum();
      assertThat(plain.rows())
          .as("row counts reconcile")
          .isEqualTo(6 * (plain.kept().size() + plain.superseded()) + inFindings);
      plain.findings().forEach(finding -> met.add(finding.reason()));
      cut |= plain.findings().stream().anyMatch(f -> f.value().endsWith("more after this line"));
      superseded += plain.superseded();
    }
    assertThat(met).isEqualTo(longFiles > 0 ? OF_LONG : OF_WIDE);
    assertThat(cut).as("an image with more repeated rows than are located").isTrue();
    assertThat(superseded).isPositive();
  }

  /** Compares all 262,144 values of the bits with the rules, written again for each class. */
  @Test
  void everySetOfRowsIsDecidedByThePlainRules() {
    for (int bits = 0; bits < 1 << 18; bits++) {
      boolean conflict = false;
      boolean blank = false;
      boolean missing = false;
      boolean five = false;
      boolean any = false;
      int labels = 0;
      int rows = Integer.bitCount(bits);
      for (Subtype subtype : Subtype.ALL) {
        boolean zero = (bits & LabelBits.of(subtype, Annotation.NEGATIVE)) != 0;
        boolean one = (bits & LabelBits.of(subtype, Annotation.POSITIVE)) != 0;
        boolean none = (bits & LabelBits.of(subtype, Annotation.BLANK)) != 0;
        conflict |= zero && one;
        blank |= none;
        missing |= !zero && !one && !none;
        five |= one && subtype != Subtype.ANY;
        any |= one && subtype == Subtype.ANY;
        labels |= one ? subtype.bit() : 0;
      }
      LabelReason expected =
          conflict
              ? LabelReason.CONFLICTING_LABEL
              : blank
                  ? LabelReason.UNANNOTATED
                  : missing
                      ? LabelReason.INCOMPLETE_IMAGE
                      : five != any ? LabelReason.ANY_MISMATCH : null;
      List<ImageRule> broken = ImageRule.brokenBy(bits);
      LabelReason reason = broken.isEmpty() ? null : broken.get(0).reason();
      if (reason != expected) {
        assertThat(reason).as("bits %s", Integer.toBinaryString(bits)).isEqualTo(expected);
      }
      int clean = expected == null ? labels : -1;
      if (LabelBits.clean(bits, rows) != clean || LabelBits.clean(bits, rows + 1) != -1) {
        assertThat(LabelBits.clean(bits, rows)).as("bits %x", bits).isEqualTo(clean);
        assertThat(LabelBits.clean(bits, rows + 1)).as("a repeated row").isEqualTo(-1);
      }
    }
  }
}
