package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.primitive_attr;

/** The sum of two activations at the end of a residual block, with the ReLU that may follow. */
final class Sum implements Node {
  private final Program program;
  private final Value first;
  private final Value second;
  private final boolean relu;
  private final Value output;

  /**
   * Plans the sum.
   *
   * @param first activation that the sum overwrites; no other vertex may read it, nor its own
   *     backward pass
   * @param second the other activation
   * @param relu true if a ReLU follows
   */
  Sum(Program program, Value first, Value second, boolean relu) {
    this.program = program;
    this.first = first;
    this.second = second;
    this.relu = relu;
    this.output =
        new Value(
            first.desc(),
            first.memory(),
            first.dims(),
            first.needsGradient() || second.needsGradient());
    primitive_attr attributes = relu ? Program.withRelu() : program.attributes();
    binary.primitive_desc description =
        new binary.primitive_desc(
            new binary.desc(algorithm.binary_add, first.desc(), first.desc(), first.desc()),
            attributes,
            program.engine());
    LayoutCopy other = LayoutCopy.read(program, second.memory(), second.desc(), first.desc());
    program.add(
        new binary(description),
        description,
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC_0, first.memory())
            .with(dnnl.DNNL_ARG_SRC_1, other.memory())
            .with(dnnl.DNNL_ARG_DST, first.memory()));
    other.release(program);
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void backward(Gradients gradients) {
    Slot slot = relu ? Relu.take(program, gradients, output) : gradients.take(output);
    slot.holders++;
    gradients.give(first, slot);
    gradients.give(second, inLayoutOfSecond(slot));
  }

  private Slot inLayoutOfSecond(Slot slot) {
    if (first.desc().equals(second.desc())) {
      return slot;
    }
    Slot other = program.borrow(second.desc().get_size());
    program.reorder(
        program.view(first.desc(), slot),
        first.desc(),
        program.view(second.desc(), other),
        second.desc());
    program.release(slot);
    return other;
  }
}
