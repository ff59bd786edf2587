package org.headct.ich.domain.label.packed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.label.LabelFinding;

/**
 * The result for some label rows: {@code rows = 6 × (images kept + superseded) + rows in findings}.
 *
 * @param kept the images that have six labels
 * @param superseded how often a later load replaced an image's labels
 * @param findings the rows that did not become labels, with file and line
 * @param rows the number of rows that were read
 */
public record LabelOutcome(
    ImageLabelSet kept, long superseded, List<LabelFinding> findings, long rows)
    implements Serializable {

  /**
   * Moves withdrawn images from the labels to the findings ({@link LabelFinding#withdrawn}).
   *
   * @param images the ids of the withdrawn images
   * @param file the index of the file that the findings name
   */
  public LabelOutcome without(Set<String> images, int file) {
    if (images.isEmpty()) {
      return this;
    }
    ImageLabelSet.Builder others = new ImageLabelSet.Builder();
    List<LabelFinding> found = new ArrayList<>(findings);
    for (int i = 0; i < kept.size(); i++) {
      if (images.contains(kept.imageId(i))) {
        found.add(LabelFinding.withdrawn(kept.imageId(i), file));
      } else {
        others.add(kept, i);
      }
    }
    return new LabelOutcome(others.build(), superseded, List.copyOf(found), rows);
  }
}
