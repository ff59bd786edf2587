package org.headct.ich.networks.onednn;

import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Where the gradient of each activation lies while the backward pass is planned. */
final class Gradients {
  private final Program program;

  /** By activation, not by what it is like: two of one size are two. */
  private final Map<Value, Slot> slots = new IdentityHashMap<>();

  Gradients(Program program) {
    this.program = program;
  }

  /** Takes the gradient of an activation away, with the duty to release it. */
  Slot take(Value value) {
    Slot slot = slots.remove(value);
    if (slot == null) {
      throw new IllegalStateException("an activation that nobody uses has no gradient");
    }
    return slot;
  }

  /** A slot that may be written over: this one if nobody else holds it, else a new one. */
  Slot mine(Slot slot) {
    return slot.holders == 1 ? slot : program.borrow(slot.bytes);
  }

  /** A share in a gradient, which is added to what is there; the caller's hold goes with it. */
  void give(Value value, Slot slot) {
    if (!value.needsGradient()) {
      program.release(slot);
      return;
    }
    Slot there = slots.remove(value);
    if (there == null) {
      slots.put(value, slot);
      return;
    }
    Slot sum = there.holders == 1 ? there : mine(slot);
    add(value.desc(), there, slot, sum);
    for (Slot part : new Slot[] {there, slot}) {
      if (part != sum) {
        program.release(part);
      }
    }
    slots.put(value, sum);
  }

  private void add(memory.desc desc, Slot a, Slot b, Slot sum) {
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, desc, desc, desc),
            program.attributes(),
            program.engine());
    program.add(
        new binary(description),
        description,
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC_0, program.view(desc, a))
            .with(dnnl.DNNL_ARG_SRC_1, program.view(desc, b))
            .with(dnnl.DNNL_ARG_DST, program.view(desc, sum)));
  }
}
