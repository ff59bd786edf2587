package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelHeader.LongForm;
import org.headct.ich.domain.label.LabelText.Layout;
import org.headct.ich.jobs.source.SourceObject;

/** A label file with its header and the layout of its text. */
record LabelFile(SourceObject object, LabelHeader header, Layout layout) implements Serializable {
  /** Returns the name that findings and messages show. */
  String name() {
    return object.display();
  }

  /**
   * Returns whether {@code LongFormReader} reads the file, which is fast and can start at any line.
   */
  boolean isPlainLong() {
    return header instanceof LongForm columns && columns.columns() == 2 && layout == Layout.PLAIN;
  }
}
