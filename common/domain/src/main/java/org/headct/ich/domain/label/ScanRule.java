package org.headct.ich.domain.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rule that the rows of one scan must keep together. A constant has the name of its finding.
 *
 * <p>A scan that breaks a rule is not kept. The first broken rule, in the order of the constants,
 * gives its one finding. {@link ScanReads} applies the rules to the rows that differ; a repeated
 * row is a {@link LabelReason#DUPLICATE_ROW} and not among them.
 */
enum ScanRule {
  /** No two rows of a scan differ. The finding stands at the second row and shows the votes. */
  CONFLICTING_LABEL(LabelReason.CONFLICTING_LABEL) {
    @Override
    Optional<String> defect(List<ScanRow> rows) {
      return rows.size() == 1
          ? Optional.empty()
          : Optional.of(
              "differs from "
                  + rows.get(0).placeSeenFrom(rows.get(1))
                  + " in "
                  + difference(rows.get(0).readers(), rows.get(1).readers()));
    }

    @Override
    ScanRow row(List<ScanRow> rows) {
      return rows.get(1);
    }
  },

  /**
   * Each of the six haemorrhage findings has a majority among the votes given. A tie has none, and
   * no vote at all has none. The other eight findings may lack a majority.
   */
  UNANNOTATED(LabelReason.UNANNOTATED) {
    @Override
    Optional<String> defect(List<ScanRow> rows) {
      List<String> undecided = columns(majority(rows), Annotation.BLANK);
      return undecided.isEmpty()
          ? Optional.empty()
          : Optional.of("no majority: " + String.join(", ", undecided));
    }
  },

  /**
   * If most readers see a subtype, most see any haemorrhage. A majority for {@code any} without one
   * for a subtype is sound: three readers may see three subtypes.
   */
  ANY_MISMATCH(LabelReason.ANY_MISMATCH) {
    @Override
    Optional<String> defect(List<ScanRow> rows) {
      ScanVotes majority = majority(rows);
      List<String> seen = columns(majority, Annotation.POSITIVE);
      return majority.of(ScanFinding.ICH) == Annotation.NEGATIVE && !seen.isEmpty()
          ? Optional.of("any 0, but 1: " + String.join(", ", seen))
          : Optional.empty();
    }
  };

  private static final int SHOWN_FINDINGS = 8;

  private final LabelReason reason;

  ScanRule(LabelReason reason) {
    this.reason = reason;
  }

  /**
   * Describes how a scan breaks this rule; empty if it keeps it.
   *
   * @param rows the scan's rows that differ from each other, in the order of files and lines, at
   *     least one
   */
  abstract Optional<String> defect(List<ScanRow> rows);

  /** Returns the row that the finding stands at. */
  ScanRow row(List<ScanRow> rows) {
    return rows.get(0);
  }

  /**
   * Returns the finding of the first rule that a scan breaks; empty if it keeps all.
   *
   * @param rows as {@link #defect} takes them; the finding accounts for all of them
   */
  static Optional<LabelFinding> refusal(String scan, List<ScanRow> rows) {
    return Stream.of(values()).flatMap(rule -> rule.finding(scan, rows).stream()).findFirst();
  }

  private Optional<LabelFinding> finding(String scan, List<ScanRow> rows) {
    return defect(rows)
        .map(
            told -> {
              ScanRow at = row(rows);
              long labelRows = (long) WideRow.ROWS * rows.size();
              return new LabelFinding(reason, scan, at.file(), at.line(), labelRows, told);
            });
  }

  /** Returns the name of a vote's column, for example {@code R1:ICH}. */
  static String column(int reader, ScanFinding finding) {
    return "R" + (reader + 1) + ":" + finding.published();
  }

  private static ScanVotes majority(List<ScanRow> rows) {
    return ScanVotes.majority(rows.get(0).readers());
  }

  /** Returns the columns of the six labels that have this majority. */
  private static List<String> columns(ScanVotes majority, Annotation annotation) {
    return ScanFinding.HAEMORRHAGE.stream()
        .filter(f -> majority.of(f) == annotation)
        .map(ScanFinding::column)
        .toList();
  }

  private static String difference(List<ScanVotes> first, List<ScanVotes> other) {
    if (first.size() != other.size()) {
      return "the number of readers";
    }
    List<String> votes = new ArrayList<>();
    for (int r = 0; r < first.size(); r++) {
      for (ScanFinding finding : ScanFinding.ALL) {
        if (first.get(r).of(finding) != other.get(r).of(finding)) {
          votes.add(column(r, finding));
        }
      }
    }
    int more = votes.size() - SHOWN_FINDINGS;
    String some = String.join(", ", votes.subList(0, Math.min(SHOWN_FINDINGS, votes.size())));
    return more > 0 ? some + " and " + more + " more" : some;
  }
}
