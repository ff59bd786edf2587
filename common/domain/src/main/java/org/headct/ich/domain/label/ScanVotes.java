package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The votes of one reader, or of the majority, for each finding of a scan.
 *
 * @param votes the votes by {@link ScanFinding#ordinal}; blank where there is none
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

  /** Returns the vote for one finding. */
  public Annotation of(ScanFinding finding) {
    return votes.get(finding.ordinal());
  }

  /** Returns the majority of the votes given for each finding; blank on a tie or without a vote. */
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
