package org.headct.ich.domain.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * From all rows of one image to its labels, or to why it has none.
 *
 * <p>Rows that repeat an earlier one are a {@link LabelReason#DUPLICATE_ROW} each. An image with a
 * class that is both 0 and 1, a blank, a class without a row, or an {@code any} that is not the OR
 * of the five is not kept; it has one finding, under the first of these reasons that applies, that
 * accounts for all its rows but the repeated ones and tells every defect. So {@code rows of the
 * image = 6 if kept + sum of the findings' rows}, always.
 */
public final class LabelPivot {
  private LabelPivot() {}

  /**
   * What became of an image.
   *
   * @param labels the labels, if it is kept
   * @param findings what was wrong, by file and line within a reason
   */
  public record Outcome(Optional<ImageLabels> labels, List<LabelFinding> findings) {
    public Outcome {
      findings = List.copyOf(findings);
    }

    /** Rows of the input that this outcome accounts for. */
    public long rows() {
      long inFindings = findings.stream().mapToLong(LabelFinding::rows).sum();
      return inFindings + (labels.isPresent() ? Subtype.ALL.size() : 0);
    }
  }

  /** Ends the gathering of one image's rows. */
  public static Outcome finish(String imageId, LabelPartial rows) {
    Optional<ImageLabels> labels = LabelBits.labels(imageId, rows.bits());
    List<LabelFinding> findings = new ArrayList<>();
    if (labels.isEmpty()) {
      findings.add(refusal(imageId, rows));
    }
    for (long row : rows.extras()) {
      findings.add(
          finding(LabelReason.DUPLICATE_ROW, imageId, row, 1, column(row) + " " + shown(row)));
    }
    if (rows.cutExtras() > 0) {
      long last = rows.extras()[rows.extras().length - 1];
      findings.add(
          finding(
              LabelReason.DUPLICATE_ROW,
              imageId,
              last,
              rows.cutExtras(),
              rows.cutExtras() + " more after this line"));
    }
    return new Outcome(labels, findings);
  }

  private static LabelFinding refusal(String imageId, LabelPartial rows) {
    int bits = rows.bits();
    int conflicting = LabelBits.conflicting(bits);
    int blank = LabelBits.with(Annotation.BLANK, bits);
    int missing = LabelBits.missing(bits);
    StringJoiner defects = new StringJoiner("; ");
    if (conflicting != 0) {
      defects.add("0 and 1: " + columns(conflicting));
    }
    if (blank != 0) {
      defects.add("blank: " + columns(blank));
    }
    if (missing != 0) {
      defects.add("missing: " + columns(missing));
    }
    long[] firsts = rows.firsts();
    int count = firsts.length;
    if (conflicting != 0) {
      long row = contradiction(firsts, conflicting);
      return finding(LabelReason.CONFLICTING_LABEL, imageId, row, count, defects.toString());
    }
    if (blank != 0) {
      long row = firstBlank(firsts);
      return finding(LabelReason.UNANNOTATED, imageId, row, count, defects.toString());
    }
    if (missing != 0) {
      return finding(LabelReason.INCOMPLETE_IMAGE, imageId, firsts[0], count, defects.toString());
    }
    int positive = LabelBits.with(Annotation.POSITIVE, bits);
    int subtypes = positive & ImageLabels.FIVE_BITS;
    String value = subtypes == 0 ? "any 1, no subtype" : "any 0, but 1: " + columns(subtypes);
    return finding(LabelReason.ANY_MISMATCH, imageId, firstAny(firsts), count, value);
  }

  /** The first row that says the contrary of an earlier one. */
  private static long contradiction(long[] firsts, int conflicting) {
    int seen = 0;
    for (long row : firsts) {
      int bit = LabelPartial.subtype(row).bit() & conflicting;
      if (LabelPartial.annotation(row) == Annotation.BLANK) {
        continue;
      }
      if ((seen & bit) != 0) {
        return row;
      }
      seen |= bit;
    }
    throw new IllegalStateException("no two rows of the image contradict each other");
  }

  private static long firstBlank(long[] firsts) {
    for (long row : firsts) {
      if (LabelPartial.annotation(row) == Annotation.BLANK) {
        return row;
      }
    }
    throw new IllegalStateException("no row of the image is blank");
  }

  private static long firstAny(long[] firsts) {
    for (long row : firsts) {
      if (LabelPartial.subtype(row) == Subtype.ANY) {
        return row;
      }
    }
    throw new IllegalStateException("no row of the image is for any");
  }

  private static LabelFinding finding(
      LabelReason reason, String imageId, long row, long rows, String value) {
    return new LabelFinding(
        reason, imageId, LabelPartial.file(row), LabelPartial.line(row), rows, value);
  }

  private static String column(long row) {
    return LabelPartial.subtype(row).column();
  }

  private static String shown(long row) {
    return LabelPartial.annotation(row).shown();
  }

  private static String columns(int mask) {
    StringJoiner names = new StringJoiner(", ");
    for (Subtype subtype : Subtype.ALL) {
      if ((mask & subtype.bit()) != 0) {
        names.add(subtype.column());
      }
    }
    return names.toString();
  }
}
