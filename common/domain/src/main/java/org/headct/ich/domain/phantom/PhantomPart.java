package org.headct.ich.domain.phantom;

import java.util.Iterator;
import java.util.List;

/** What a dump holds of one patient. */
public interface PhantomPart {
  /** The files, each drawn when it is asked for. */
  Iterator<PhantomFile> files();

  /** Rows of the label file, without line ends; quicker once the files were asked for. */
  List<String> labelLines();
}
