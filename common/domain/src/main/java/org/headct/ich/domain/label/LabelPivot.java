package org.headct.ich.domain.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns all rows of one image into its six labels, or into the findings that tell why it has none.
 *
 * <p>An image that breaks an {@link ImageRule} is not kept. Its one finding accounts for all its
 * rows except the repeated ones. Each row that repeats an earlier one is a {@link
 * LabelReason#DUPLICATE_ROW}, whether the image is kept or not. Therefore {@code rows of the image
 * = 6 if kept + sum of the findings' rows}, always.
 */
public final class LabelPivot {
  private LabelPivot() {}

  /**
   * The result for one image.
   *
   * @param labels the labels, if the image is kept
   * @param findings the defects, by file and line within a reason
   */
  public record Outcome(Optional<ImageLabels> labels, List<LabelFinding> findings) {
    public Outcome {
      findings = List.copyOf(findings);
    }

    /** Returns the number of input rows that this outcome accounts for. */
    public long rows() {
      long inFindings = findings.stream().mapToLong(LabelFinding::rows).sum();
      return inFindings + (labels.isPresent() ? Subtype.ALL.size() : 0);
    }
  }

  /** Decides on one image from all its rows. */
  public static Outcome finish(String imageId, LabelPartial rows) {
    List<ImageRule> broken = ImageRule.brokenBy(rows.bits());
    List<LabelFinding> findings = new ArrayList<>();
    if (!broken.isEmpty()) {
      findings.add(refusal(imageId, rows, broken));
    }
    addDuplicates(imageId, rows, findings);
    return new Outcome(
        broken.isEmpty()
            ? Optional.of(
                new ImageLabels(imageId, LabelBits.with(Annotation.POSITIVE, rows.bits())))
            : Optional.empty(),
        findings);
  }

  private static LabelFinding refusal(String imageId, LabelPartial rows, List<ImageRule> broken) {
    ImageRule first = broken.get(0);
    String defects =
        broken.stream().map(rule -> rule.told(rows.bits())).collect(Collectors.joining("; "));
    return finding(
        first.reason(),
        imageId,
        first.row(rows.firsts(), rows.bits()),
        rows.firsts().length,
        defects);
  }

  /**
   * Adds a finding for each row that repeats an earlier one: the same image, class and value. Rows
   * beyond {@link LabelPartial#LOCATED_EXTRAS} share one finding.
   */
  private static void addDuplicates(
      String imageId, LabelPartial rows, List<LabelFinding> findings) {
    for (long row : rows.extras()) {
      String value =
          LabelPartial.subtype(row).column() + " " + LabelPartial.annotation(row).shown();
      findings.add(finding(LabelReason.DUPLICATE_ROW, imageId, row, 1, value));
    }
    if (rows.cutExtras() > 0) {
      long last = rows.extras()[rows.extras().length - 1];
      String value = rows.cutExtras() + " more after this line";
      findings.add(finding(LabelReason.DUPLICATE_ROW, imageId, last, rows.cutExtras(), value));
    }
  }

  private static LabelFinding finding(
      LabelReason reason, String imageId, long row, long rows, String value) {
    return new LabelFinding(
        reason, imageId, LabelPartial.file(row), LabelPartial.line(row), rows, value);
  }
}
