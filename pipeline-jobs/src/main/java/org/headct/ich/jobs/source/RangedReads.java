package org.headct.ich.jobs.source;

import java.io.IOException;

/** Reads of byte ranges of a file, as an object store serves them: one call is one request. */
@FunctionalInterface
interface RangedReads {
  /**
   * Fills the first {@code length} bytes of {@code bytes} from {@code position} on.
   *
   * @throws IOException for a fault of the storage, or if the file has become shorter
   */
  void read(long position, byte[] bytes, int length) throws IOException;
}
