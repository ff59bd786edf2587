package org.headct.ich.jobs.source;

import java.io.IOException;

/** Reads of a range of a file, as an object store serves them: one call is one request. */
@FunctionalInterface
interface RangedReads {
  /**
   * Fills the first {@code length} bytes of {@code bytes} from {@code position} on.
   *
   * @throws IOException a fault of the storage, the file having become shorter included
   */
  void read(long position, byte[] bytes, int length) throws IOException;
}
