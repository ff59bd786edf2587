package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;

/** The gradient of a ReLU whose output overwrote its input. */
final class Relu {
  private Relu() {}

  /** Takes the gradient of the ReLU's output and returns that of its input. */
  static Slot take(Program program, Gradients gradients, Value output) {
    Slot above = gradients.take(output);
    Slot below = gradients.writable(above);
    backward(program, output, above, below);
    if (below != above) {
      program.release(above);
    }
    return below;
  }

  private static void backward(Program program, Value output, Slot above, Slot below) {
    eltwise_forward.primitive_desc hint =
        new eltwise_forward.primitive_desc(
            new eltwise_forward.desc(
                prop_kind.forward_training,
                algorithm.eltwise_relu_use_dst_for_bwd,
                output.desc(),
                0f,
                0f),
            program.attributes(),
            program.engine());
    eltwise_backward.primitive_desc description =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(
                algorithm.eltwise_relu_use_dst_for_bwd, output.desc(), output.desc(), 0f, 0f),
            program.attributes(),
            program.engine(),
            hint);
    program.add(
        new eltwise_backward(description),
        description,
        new Arguments()
            .with(dnnl.DNNL_ARG_DST, output.memory())
            .with(dnnl.DNNL_ARG_DIFF_DST, program.view(output.desc(), above))
            .with(dnnl.DNNL_ARG_DIFF_SRC, program.view(output.desc(), below)));
  }
}
