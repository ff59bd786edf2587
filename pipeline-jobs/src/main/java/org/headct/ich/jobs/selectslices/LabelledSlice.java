package org.headct.ich.jobs.selectslices;

import java.io.Serializable;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/** A middle slice with its labels. */
record LabelledSlice(Middle middle, ImageLabels labels) implements Serializable {
  /** Whether it shows any haemorrhage. */
  boolean positive() {
    return labels.has(Subtype.ANY);
  }
}
