package org.headct.ich.domain.label.packed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelReason;
import org.headct.ich.domain.label.Subtype;

/**
 * What became of some label rows: {@code rows = 6 × (images kept + superseded) + rows in findings}.
 *
 * @param kept the images that have six labels
 * @param superseded how often an image's labels gave way to those of a later load
 * @param findings what did not become labels, with file and line
 * @param rows how many rows were read
 */
public record LabelOutcome(
    ImageLabelSet kept, long superseded, List<LabelFinding> findings, long rows)
    implements Serializable {

  /**
   * The same without some images, whose rows become findings of line 0, for they are kept nowhere
   * together with their labels.
   *
   * @param images their ids
   * @param file that the findings name
   */
  public LabelOutcome without(Set<String> images, int file) {
    if (images.isEmpty()) {
      return this;
    }
    ImageLabelSet.Builder others = new ImageLabelSet.Builder();
    List<LabelFinding> found = new ArrayList<>(findings);
    for (int i = 0; i < kept.size(); i++) {
      if (images.contains(kept.imageId(i))) {
        found.add(
            new LabelFinding(
                LabelReason.WITHDRAWN, kept.imageId(i), file, 0, Subtype.ALL.size(), ""));
      } else {
        others.add(kept, i);
      }
    }
    return new LabelOutcome(others.build(), superseded, List.copyOf(found), rows);
  }
}
