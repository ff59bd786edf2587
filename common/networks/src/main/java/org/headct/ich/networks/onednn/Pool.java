package org.headct.ich.networks.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.javacpp.LongPointer;

/** A maximum or a mean over windows. */
final class Pool implements Node {
  /** The sizes of the windows in pixels, rows first. */
  record Windows(int[] kernel, int[] stride, int[] padding) {
    private long outputs(long in, int axis) {
      return (in + 2L * padding[axis] - kernel[axis]) / stride[axis] + 1;
    }
  }

  private final Program program;
  private final Value input;
  private final Windows windows;
  private final algorithm kind;
  private final pooling_forward.primitive_desc description;
  private final memory workspace;
  private final Value output;

  static Pool max(Program program, Value input, Windows windows) {
    return new Pool(program, input, windows, algorithm.pooling_max);
  }

  /** Creates a mean over all pixels, one value for each channel. */
  static Pool mean(Program program, Value input) {
    int[] all = {(int) input.dims()[2], (int) input.dims()[3]};
    return new Pool(
        program,
        input,
        new Windows(all, new int[] {1, 1}, new int[] {0, 0}),
        algorithm.pooling_avg_exclude_padding);
  }

  private Pool(Program program, Value input, Windows windows, algorithm kind) {
    this.program = program;
    this.input = input;
    this.windows = windows;
    this.kind = kind;
    long[] in = input.dims();
    long[] dims = {in[0], in[1], windows.outputs(in[2], 0), windows.outputs(in[3], 1)};
    this.description =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                program.propagation(),
                kind,
                input.desc(),
                Program.any(dims),
                pair(windows.stride()),
                pair(windows.kernel()),
                pair(windows.padding()),
                pair(windows.padding())),
            program.attributes(),
            program.engine());
    memory.desc desc = description.dst_desc();
    this.output =
        new Value(
            desc, program.view(desc, program.keep(desc.get_size())), dims, input.needsGradient());
    memory.desc marks = description.workspace_desc();
    this.workspace = program.view(marks, program.keep(marks.get_size()));
    program.add(
        new pooling_forward(description),
        description,
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC, input.memory())
            .with(dnnl.DNNL_ARG_DST, output.memory())
            .with(dnnl.DNNL_ARG_WORKSPACE, workspace));
  }

  private static LongPointer pair(int[] of) {
    return new LongPointer(of[0], of[1]);
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void backward(Gradients gradients) {
    Slot above = gradients.take(output);
    Slot below = program.borrow(input.desc().get_size());
    pooling_backward.primitive_desc pd =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(
                kind,
                input.desc(),
                output.desc(),
                pair(windows.stride()),
                pair(windows.kernel()),
                pair(windows.padding()),
                pair(windows.padding())),
            program.attributes(),
            program.engine(),
            description);
    program.add(
        new pooling_backward(pd),
        pd,
        new Arguments()
            .with(dnnl.DNNL_ARG_DIFF_DST, program.view(output.desc(), above))
            .with(dnnl.DNNL_ARG_WORKSPACE, workspace)
            .with(dnnl.DNNL_ARG_DIFF_SRC, program.view(input.desc(), below)));
    program.release(above);
    gradients.give(input, below);
  }
}
