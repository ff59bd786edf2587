package org.headct.ich.networks.onednn;

import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** The slots of the activations' gradients while the backward pass is planned. */
final class Gradients {
  private final Program program;

  /** The slots by identity of the activation, because two activations may have equal fields. */
  private final Map<Value, Slot> slots = new IdentityHashMap<>();

  Gradients(Program program) {
    this.program = program;
  }

  /** Removes the gradient of an activation and returns its slot, which the caller must release. */
  Slot take(Value value) {
    Slot slot = slots.remove(value);
    if (slot == null) {
      throw new IllegalStateException("no gradient: nothing reads this activation");
    }
    return slot;
  }

  /** Returns a slot that may be overwritten: this one if it has no other holder, else a new one. */
  Slot writable(Slot slot) {
    return slot.holders == 1 ? slot : program.borrow(slot.bytes);
  }

  /** Adds a share to the gradient of an activation. The caller gives its hold on the slot away. */
  void give(Value value, Slot slot) {
    if (!value.needsGradient()) {
      program.release(slot);
      return;
    }
    Slot present = slots.remove(value);
    if (present == null) {
      slots.put(value, slot);
      return;
    }
    Slot sum = present.holders == 1 ? present : writable(slot);
    add(value.desc(), present, slot, sum);
    for (Slot part : new Slot[] {present, slot}) {
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
