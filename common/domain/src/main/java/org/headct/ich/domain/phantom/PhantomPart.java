package org.headct.ich.domain.phantom;

import java.util.Iterator;
import java.util.List;

/** The files and label rows that a dump has of one patient. */
public interface PhantomPart {
  /** Returns the files. Each is drawn on request. */
  Iterator<PhantomFile> files();

  /**
   * Returns the rows of the label file, without line ends. This is faster after the files were
   * read.
   */
  List<String> labelLines();
}
