package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.List;

/**
 * The labels of one scan, by the majority of its readers.
 *
 * @param scanId the scan's pseudonym
 * @param readers each reader's votes, R1 first, at least one
 */
public record ScanLabels(String scanId, List<ScanVotes> readers) implements Serializable {
  /**
   * @throws IllegalArgumentException if the id is empty or there is no reader
   */
  public ScanLabels {
    readers = List.copyOf(readers);
    if (scanId.isEmpty() || readers.isEmpty()) {
      throw new IllegalArgumentException("a scan must have an id and a reader");
    }
  }

  /**
   * Returns the majority of the votes given for each finding; blank on a tie and where nobody
   * voted. If {@link ScanReads} kept the scan, the six haemorrhage findings are never blank.
   */
  public ScanVotes majority() {
    return ScanVotes.majority(readers);
  }

  /**
   * Returns the scan's labels as the labels of one of its images.
   *
   * @throws IllegalStateException if one of the six has no majority
   */
  public ImageLabels labels(String imageId) {
    ScanVotes majority = majority();
    int bits = 0;
    for (Subtype subtype : Subtype.ALL) {
      Annotation label = majority.of(ScanFinding.of(subtype));
      if (label == Annotation.BLANK) {
        throw new IllegalStateException(scanId + " has no majority for " + subtype.column());
      }
      bits |= label == Annotation.POSITIVE ? subtype.bit() : 0;
    }
    return new ImageLabels(imageId, bits);
  }
}
