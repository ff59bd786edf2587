package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one reader, or their majority, says of each finding of a scan.
 *
 * @param votes by {@link ScanFinding#ordinal}; blank where nothing is said
 */
public record ScanVotes(List<Annotation> votes) implements Serializable {
  /**
   * @throws IllegalArgumentException if there is not one vote for each finding
   */
  public ScanVotes {
    votes = List.copyOf(votes);
    if (votes.size() != ScanFinding.ALL.size()) {
      throw new IllegalArgumentException(
          "there must be %d votes, got %d".formatted(ScanFinding.ALL.size(), votes.size()));
    }
  }

  /** The vote for one finding. */
  public Annotation of(ScanFinding finding) {
    return votes.get(finding.ordinal());
  }

  /** For each finding what most of the votes given say; blank on a tie and where there is none. */
  static ScanVotes majority(List<ScanVotes> readers) {
    List<Annotation> majority = new ArrayList<>();
    for (ScanFinding finding : ScanFinding.ALL) {
      long yes = count(readers, finding, Annotation.POSITIVE);
      long no = count(readers, finding, Annotation.NEGATIVE);
      majority.add(
          yes == no ? Annotation.BLANK : yes > no ? Annotation.POSITIVE : Annotation.NEGATIVE);
    }
    return new ScanVotes(majority);
  }

  private static long count(List<ScanVotes> readers, ScanFinding finding, Annotation vote) {
    return readers.stream().filter(r -> r.of(finding) == vote).count();
  }
}
