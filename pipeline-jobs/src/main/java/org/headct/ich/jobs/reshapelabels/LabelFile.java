package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.jobs.source.SourceObject;

/** A label file and what its first line says of it. */
record LabelFile(SourceObject object, LabelHeader header) implements Serializable {
  /** As findings and messages name it. */
  String name() {
    return object.display();
  }
}
