package org.headct.ich.networks.onednn;

import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap that the programs of one graph use in turn: batches of several sizes, and
 * training and scoring, cost what the largest of them costs.
 */
final class Arena implements AutoCloseable {
  /** A cache line, and the widest vector. */
  static final int ALIGNMENT = 64;

  private @Nullable BytePointer bytes;
  private long size;

  /** The next aligned address or length. */
  static long aligned(long value) {
    return (value + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /**
   * An aligned address with so many bytes behind it; what was in them before is lost if it moves.
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
