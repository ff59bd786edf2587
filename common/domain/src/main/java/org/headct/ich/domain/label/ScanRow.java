package org.headct.ich.domain.label;

import java.util.List;

/**
 * A row of a file of reads that can be used.
 *
 * @param readers each reader's votes, R1 first
 * @param file the index of the file in the run's list of inputs
 * @param line the line where the row starts, the header being line 1
 */
record ScanRow(List<ScanVotes> readers, int file, long line) {
  ScanRow {
    readers = List.copyOf(readers);
  }

  /** Tells this row's place for a finding that stands at another row. */
  String placeSeenFrom(ScanRow other) {
    return "line " + line + (file == other.file ? "" : " of an earlier file");
  }
}
