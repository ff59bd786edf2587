package org.headct.ich.networks.onednn;

import java.util.function.BiFunction;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.LongPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;

/** A convolution, with its bias and ReLU if it has them. */
final class Convolution implements Node {
  private final Program program;
  private final Parameters parameters;
  private final Layer layer;
  private final ConvolutionLayer conf;
  private final Value input;
  private final Value output;
  private final boolean relu;
  private final memory.desc plainWeights;
  private final memory weights;

  /** The layout of the bias; empty if there is no bias. */
  private final memory.desc bias;

  private final convolution_forward.primitive_desc description;

  Convolution(
      Program program,
      Parameters parameters,
      Layer layer,
      boolean frozen,
      Value input,
      boolean relu) {
    this.program = program;
    this.parameters = parameters;
    this.layer = layer;
    this.conf = (ConvolutionLayer) layer.conf().getLayer();
    this.input = input;
    this.relu = relu;
    int[] kernel = conf.getKernelSize();
    this.plainWeights = Program.plain(conf.getNOut(), conf.getNIn(), kernel[0], kernel[1]);
    this.weights = parameters.of(layer, ConvolutionParamInitializer.WEIGHT_KEY, plainWeights);
    this.bias = conf.hasBias() ? Program.plain(conf.getNOut()) : new memory.desc();
    long[] dims = {
      input.dims()[0], conf.getNOut(), size(input.dims()[2], 0), size(input.dims()[3], 1)
    };
    this.description = choose(input.desc(), Program.any(dims), this::forward);
    memory.desc desc = description.dst_desc();
    memory out = program.view(desc, program.keep(desc.get_size()));
    this.output = new Value(desc, out, dims, !frozen);
    execute(out);
  }

  private long size(long in, int axis) {
    return (in + 2L * conf.getPadding()[axis] - conf.getKernelSize()[axis]) / conf.getStride()[axis]
        + 1;
  }

  /**
   * Chooses a step for activations in their present layouts. If the library has only its plain
   * loops for these, it chooses a step with layouts of the library's choice, and the activations
   * are copied. One case: AVX2's code for the gradient of the weights does not cover images smaller
   * than the kernel.
   */
  private static <P extends primitive_desc_base> P choose(
      memory.desc in, memory.desc out, BiFunction<memory.desc, memory.desc, P> step) {
    P asTheyLie = step.apply(in, out);
    if (!Program.isReference(asTheyLie)) {
      return asTheyLie;
    }
    P free = step.apply(Program.any(sizes(in)), Program.any(sizes(out)));
    return Program.isReference(free) ? asTheyLie : free;
  }

  private static long[] sizes(memory.desc desc) {
    LongPointer dims = desc.dims();
    long[] sizes = new long[(int) dims.limit()];
    dims.get(sizes);
    return sizes;
  }

  private convolution_forward.primitive_desc forward(memory.desc in, memory.desc out) {
    convolution_forward.desc desc =
        new convolution_forward.desc(
            program.propagation(),
            algorithm.convolution_direct,
            in,
            anyWeights(),
            bias,
            out,
            strides(),
            padding(),
            padding());
    primitive_attr attributes = relu ? Program.withRelu() : program.attributes();
    return new convolution_forward.primitive_desc(desc, attributes, program.engine());
  }

  private memory.desc anyWeights() {
    return Program.any(
        conf.getNOut(), conf.getNIn(), conf.getKernelSize()[0], conf.getKernelSize()[1]);
  }

  private LongPointer strides() {
    return pair(conf.getStride());
  }

  private LongPointer padding() {
    return pair(conf.getPadding());
  }

  private static LongPointer pair(int[] of) {
    return new LongPointer(of[0], of[1]);
  }

  private void execute(memory out) {
    LayoutCopy read =
        LayoutCopy.read(program, input.memory(), input.desc(), description.src_desc());
    LayoutCopy blocked =
        LayoutCopy.read(program, weights, plainWeights, description.weights_desc());
    Arguments arguments =
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC, read.memory())
            .with(dnnl.DNNL_ARG_WEIGHTS, blocked.memory())
            .with(dnnl.DNNL_ARG_DST, out);
    if (conf.hasBias()) {
      arguments.with(
          dnnl.DNNL_ARG_BIAS, parameters.of(layer, ConvolutionParamInitializer.BIAS_KEY, bias));
    }
    program.add(new convolution_forward(description), description, arguments);
    read.release(program);
    blocked.release(program);
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void backward(Gradients gradients) {
    Slot above = relu ? Relu.take(program, gradients, output) : gradients.take(output);
    memory gradient = program.view(output.desc(), above);
    ofWeights(gradient);
    if (input.needsGradient()) {
      Slot below = program.borrow(input.desc().get_size());
      ofInput(gradient, program.view(input.desc(), below));
      program.release(above);
      gradients.give(input, below);
    } else {
      program.release(above);
    }
  }

  private void ofWeights(memory gradient) {
    convolution_backward_weights.primitive_desc pd =
        choose(input.desc(), output.desc(), this::weightsStep);
    LayoutCopy read = LayoutCopy.read(program, input.memory(), input.desc(), pd.src_desc());
    LayoutCopy above = LayoutCopy.read(program, gradient, output.desc(), pd.diff_dst_desc());
    memory plain =
        parameters.gradientOf(layer, ConvolutionParamInitializer.WEIGHT_KEY, plainWeights);
    LayoutCopy own = LayoutCopy.write(program, plain, plainWeights, pd.diff_weights_desc());
    Arguments arguments =
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC, read.memory())
            .with(dnnl.DNNL_ARG_DIFF_DST, above.memory())
            .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, own.memory());
    if (conf.hasBias()) {
      arguments.with(
          dnnl.DNNL_ARG_DIFF_BIAS,
          parameters.gradientOf(layer, ConvolutionParamInitializer.BIAS_KEY, bias));
    }
    program.add(new convolution_backward_weights(pd), pd, arguments);
    own.moveTo(program, pd.diff_weights_desc(), plain, plainWeights);
    read.release(program);
    above.release(program);
  }

  private convolution_backward_weights.primitive_desc weightsStep(memory.desc in, memory.desc out) {
    convolution_backward_weights.desc desc =
        new convolution_backward_weights.desc(
            algorithm.convolution_direct,
            in,
            anyWeights(),
            bias,
            out,
            strides(),
            padding(),
            padding());
    return new convolution_backward_weights.primitive_desc(
        desc, program.attributes(), program.engine(), description);
  }

  private void ofInput(memory gradient, memory below) {
    convolution_backward_data.primitive_desc pd =
        choose(input.desc(), output.desc(), this::inputStep);
    LayoutCopy blocked = LayoutCopy.read(program, weights, plainWeights, pd.weights_desc());
    LayoutCopy above = LayoutCopy.read(program, gradient, output.desc(), pd.diff_dst_desc());
    LayoutCopy own = LayoutCopy.write(program, below, input.desc(), pd.diff_src_desc());
    program.add(
        new convolution_backward_data(pd),
        pd,
        new Arguments()
            .with(dnnl.DNNL_ARG_DIFF_DST, above.memory())
            .with(dnnl.DNNL_ARG_WEIGHTS, blocked.memory())
            .with(dnnl.DNNL_ARG_DIFF_SRC, own.memory()));
    own.moveTo(program, pd.diff_src_desc(), below, input.desc());
    above.release(program);
    blocked.release(program);
  }

  private convolution_backward_data.primitive_desc inputStep(memory.desc in, memory.desc out) {
    convolution_backward_data.desc desc =
        new convolution_backward_data.desc(
            algorithm.convolution_direct, in, anyWeights(), out, strides(), padding(), padding());
    return new convolution_backward_data.primitive_desc(
        desc, program.attributes(), program.engine(), description);
  }
}
