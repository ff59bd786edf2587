package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.jobs.source.SourceObject;

/** A label file with its header. */
record LabelFile(SourceObject object, LabelHeader header) implements Serializable {
  /** Returns the name that findings and messages show. */
  String name() {
    return object.display();
  }
}
