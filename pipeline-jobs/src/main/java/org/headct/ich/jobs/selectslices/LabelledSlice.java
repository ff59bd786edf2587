package org.headct.ich.jobs.selectslices;

import java.io.Serializable;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/** Middle slice with its labels. */
record LabelledSlice(Middle middle, ImageLabels labels) implements Serializable {
  /** Returns whether the slice shows any haemorrhage. */
  boolean positive() {
    return labels.has(Subtype.ANY);
  }
}
