package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * Memory in the layout that a step reads or writes. It is the memory itself if that has this
 * layout, else a copy in a separate slot. Call {@link #release} or {@link #moveTo} once the step is
 * added.
 *
 * @param memory the memory or its copy
 * @param slot slot of the copy; null if there is no copy
 */
record LayoutCopy(memory memory, @Nullable Slot slot) {
  /** Returns memory for a step that reads. */
  static LayoutCopy read(Program program, memory from, memory.desc has, memory.desc wanted) {
    LayoutCopy laid = write(program, from, has, wanted);
    if (laid.slot != null) {
      program.reorder(from, has, laid.memory, wanted);
    }
    return laid;
  }

  /**
   * Returns memory for a step that writes; {@link #moveTo} then copies the result to its target.
   */
  static LayoutCopy write(Program program, memory to, memory.desc has, memory.desc written) {
    if (has.equals(written)) {
      return new LayoutCopy(to, null);
    }
    Slot slot = program.borrow(written.get_size());
    return new LayoutCopy(program.view(written, slot), slot);
  }

  /** Copies the written values to their target if they are not there, and releases the slot. */
  void moveTo(Program program, memory.desc written, memory to, memory.desc has) {
    if (slot != null) {
      program.reorder(memory, written, to, has);
    }
    release(program);
  }

  void release(Program program) {
    if (slot != null) {
      program.release(slot);
    }
  }
}
