package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * A memory in the layout that a step reads or writes: itself where it lies so already, or a copy in
 * a slot of its own, until {@link #release} or {@link #moveTo} when the step is added.
 *
 * @param slot where the copy is; null if it is no copy
 */
record LayoutCopy(memory memory, @Nullable Slot slot) {
  /** For a step that reads. */
  static LayoutCopy read(Program program, memory from, memory.desc has, memory.desc wanted) {
    LayoutCopy laid = write(program, from, has, wanted);
    if (laid.slot != null) {
      program.reorder(from, has, laid.memory, wanted);
    }
    return laid;
  }

  /** For a step that writes what {@link #moveTo} then brings to where it belongs. */
  static LayoutCopy write(Program program, memory to, memory.desc has, memory.desc written) {
    if (has.equals(written)) {
      return new LayoutCopy(to, null);
    }
    Slot slot = program.borrow(written.get_size());
    return new LayoutCopy(program.view(written, slot), slot);
  }

  /** Brings what was written to its own place, if it is not there, and releases the slot. */
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
