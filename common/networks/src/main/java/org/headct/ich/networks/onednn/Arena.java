package org.headct.ich.networks.onednn;

import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap that the programs of one graph share, one at a time. All programs
 * together need only as much as the largest of them, over batch sizes, training and scoring.
 */
final class Arena implements AutoCloseable {
  /** The length of a cache line and of the widest vector, in bytes. */
  static final int ALIGNMENT = 64;

  private @Nullable BytePointer bytes;
  private long size;

  /** Rounds an address or a length up to a multiple of {@link #ALIGNMENT}. */
  static long aligned(long value) {
    return (value + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * Returns an aligned address with {@code needed} bytes behind it. If the memory has to grow, its
   * contents are lost.
   */
  long address(long needed) {
    BytePointer now = bytes;
    if (now == null || size < needed) {
      close();
      now = new BytePointer(needed + ALIGNMENT);
      bytes = now;
      size = needed;
    }
    return aligned(now.address());
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.deallocate();
      bytes = null;
      size = 0;
    }
  }
}
