package org.headct.ich.jobs.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
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

  /** Empty where there is none. */
  private final memory.desc bias;

  private final convolution_forward.primitive_desc description;

  Convolution(Program program, Parameters parameters, Layer layer, Value input, boolean relu) {
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
    this.description = forward(dims);
    memory.desc desc = description.dst_desc();
    memory out = program.view(desc, program.keep(desc.get_size()));
    this.output = new Value(desc, out, dims, true);
    execute(out);
  }

  private long size(long in, int axis) {
    return (in + 2L * conf.getPadding()[axis] - conf.getKernelSize()[axis]) / conf.getStride()[axis]
        + 1;
  }

  private convolution_forward.primitive_desc forward(long[] dims) {
    convolution_forward.desc desc =
        new convolution_forward.desc(
            program.propagation(),
            algorithm.convolution_direct,
            input.desc(),
            anyWeights(),
            bias,
            Program.any(dims),
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
    Slot blocked = program.borrow(description.weights_desc().get_size());
    memory reordered = program.view(description.weights_desc(), blocked);
    program.reorder(weights, plainWeights, reordered, description.weights_desc());
    Arguments arguments =
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC, input.memory())
            .with(dnnl.DNNL_ARG_WEIGHTS, reordered)
            .with(dnnl.DNNL_ARG_DST, out);
    if (conf.hasBias()) {
      arguments.with(
          dnnl.DNNL_ARG_BIAS, parameters.of(layer, ConvolutionParamInitializer.BIAS_KEY, bias));
    }
    program.add(new convolution_forward(description), description, arguments);
    program.release(blocked);
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
    convolution_backward_weights.desc desc =
        new convolution_backward_weights.desc(
            algorithm.convolution_direct,
            input.desc(),
            anyWeights(),
            bias,
            output.desc(),
            strides(),
            padding(),
            padding());
    convolution_backward_weights.primitive_desc pd =
        new convolution_backward_weights.primitive_desc(
            desc, program.attributes(), program.engine(), description);
    Slot blocked = program.borrow(pd.diff_weights_desc().get_size());
    memory own = program.view(pd.diff_weights_desc(), blocked);
    Arguments arguments =
        new Arguments()
            .with(dnnl.DNNL_ARG_SRC, input.memory())
            .with(dnnl.DNNL_ARG_DIFF_DST, gradient)
            .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, own);
    if (conf.hasBias()) {
      arguments.with(
          dnnl.DNNL_ARG_DIFF_BIAS,
          parameters.gradientOf(layer, ConvolutionParamInitializer.BIAS_KEY, bias));
    }
    program.add(new convolution_backward_weights(pd), pd, arguments);
    program.reorder(
        own,
        pd.diff_weights_desc(),
        parameters.gradientOf(layer, ConvolutionParamInitializer.WEIGHT_KEY, plainWeights),
        plainWeights);
    program.release(blocked);
  }

  private void ofInput(memory gradient, memory below) {
    convolution_backward_data.primitive_desc pd =
        new convolution_backward_data.primitive_desc(
            new convolution_backward_data.desc(
                algorithm.convolution_direct,
                input.desc(),
                anyWeights(),
                output.desc(),
                strides(),
                padding(),
                padding()),
            program.attributes(),
            program.engine(),
            description);
    Slot blocked = program.borrow(pd.weights_desc().get_size());
    memory reordered = program.view(pd.weights_desc(), blocked);
    program.reorder(weights, plainWeights, reordered, pd.weights_desc());
    program.add(
        new convolution_backward_data(pd),
        pd,
        new Arguments()
            .with(dnnl.DNNL_ARG_DIFF_DST, gradient)
            .with(dnnl.DNNL_ARG_WEIGHTS, reordered)
            .with(dnnl.DNNL_ARG_DIFF_SRC, below));
    program.release(blocked);
  }
}
