package org.headct.ich.networks.onednn;

import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation by the batch's moments or the running ones, with the ReLU that may follow.
 */
final class Norm implements Node {
  private final Program program;
  private final Parameters parameters;
  private final Layer layer;
  private final BatchNormalization conf;
  private final Value input;
  private final Value output;
  private final int flags;
  private final boolean byRunning;
  private final float decay;
  private final INDArray runningMean;
  private final INDArray runningSpread;

  /** The gradients of the running mean and spread; empty if these do not change. */
  private final List<INDArray> gradients;

  private final memory.desc channels;
  private final memory mean;
  private final memory variance;
  private final memory workspace;
  private final batch_normalization_forward.primitive_desc description;

  Norm(
      Program program,
      Parameters parameters,
      Layer layer,
      boolean frozen,
      Value input,
      boolean relu) {
    this.program = program;
    this.parameters = parameters;
    this.layer = layer;
    this.conf = (BatchNormalization) layer.conf().getLayer();
    this.input = input;
    this.byRunning = frozen || program.purpose() == Program.Purpose.SCORING;
    this.flags =
        dnnl.dnnl_use_scale
            | dnnl.dnnl_use_shift
            | (relu ? dnnl.dnnl_fuse_norm_relu : 0)
            | (byRunning ? dnnl.dnnl_use_global_stats : 0);
    this.decay = (float) conf.getDecay();
    String spread =
        conf.isUseLogStd()
            ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
            : BatchNormalizationParamInitializer.GLOBAL_VAR;
    this.runningMean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    this.runningSpread = layer.getParam(spread);
    this.gradients =
        byRunning
            ? List.of()
            : List.of(
                Parameters.gradient(layer, BatchNormalizationParamInitializer.GLOBAL_MEAN),
                Parameters.gradient(layer, spread));
    this.description =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                program.propagation().value, input.desc(), (float) conf.getEps(), flags),
            program.attributes(),
            program.engine());
    this.channels = Program.plain(conf.getNOut());
    this.mean = program.view(channels, program.keep(channels.get_size()));
    this.variance = program.view(channels, program.keep(channels.get_size()));
    memory.desc marks = description.workspace_desc();
    this.workspace = program.view(marks, program.keep(marks.get_size()));
    memory.desc desc = input.desc();
    memory out = program.view(desc, program.keep(desc.get_size()));
    this.output = new Value(desc, out, input.dims(), !frozen);
    program.add(
        new batch_normalization_forward(description),
        description,
        arguments().with(dnnl.DNNL_ARG_DST, out));
  }

  /**
   * Returns the arguments of both passes; the backward pass requires the shift but does not read
   * it.
   */
  private Arguments arguments() {
    return new Arguments()
        .with(dnnl.DNNL_ARG_SRC, input.memory())
        .with(dnnl.DNNL_ARG_MEAN, mean)
        .with(dnnl.DNNL_ARG_VARIANCE, variance)
        .with(
            dnnl.DNNL_ARG_SCALE,
            parameters.of(layer, BatchNormalizationParamInitializer.GAMMA, channels))
        .with(
            dnnl.DNNL_ARG_SHIFT,
            parameters.of(layer, BatchNormalizationParamInitializer.BETA, channels))
        .with(dnnl.DNNL_ARG_WORKSPACE, workspace);
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void backward(Gradients plan) {
    Slot above = plan.take(output);
    Slot below = plan.writable(above);
    batch_normalization_backward.primitive_desc pd =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                prop_kind.backward.value,
                output.desc(),
                input.desc(),
                (float) conf.getEps(),
                flags),
            program.attributes(),
            program.engine(),
            description);
    program.add(
        new batch_normalization_backward(pd),
        pd,
        arguments()
            .with(dnnl.DNNL_ARG_DIFF_DST, program.view(output.desc(), above))
            .with(dnnl.DNNL_ARG_DIFF_SRC, program.view(input.desc(), below))
            .with(
                dnnl.DNNL_ARG_DIFF_SCALE,
                parameters.gradientOf(layer, BatchNormalizationParamInitializer.GAMMA, channels))
            .with(
                dnnl.DNNL_ARG_DIFF_SHIFT,
                parameters.gradientOf(layer, BatchNormalizationParamInitializer.BETA, channels)));
    if (below != above) {
      program.release(above);
    }
    plan.give(input, below);
  }

  /**
   * Writes the change of the running moments as Deeplearning4j does: as a gradient to subtract, (1
   * − decay) · (running − batch). If the layer stores log10 of the deviation, the gradient of the
   * variance is in that form.
   */
  void moveMoments() {
    float[] means = read(mean);
    float[] running = read(runningMean);
    for (int c = 0; c < means.length; c++) {
      means[c] = (1 - decay) * (running[c] - means[c]);
    }
    write(means, gradients.get(0));
    float[] variances = read(variance);
    running = read(runningSpread);
    for (int c = 0; c < variances.length; c++) {
      double before = varianceOf(running[c]);
      double after = decay * before + (1 - decay) * variances[c];
      variances[c] =
          (float) (conf.isUseLogStd() ? 0.5 * Math.log10(before / after) : before - after);
    }
    write(variances, gradients.get(1));
  }

  /**
   * Returns whether the norm uses the running moments, as in scoring or when frozen, and not the
   * batch's.
   */
  boolean usesRunningMoments() {
    return byRunning;
  }

  /** Reads the running moments again, because the parameters may have changed. */
  void takeMoments() {
    write(read(runningMean), mean.get_data_handle());
    float[] variances = read(runningSpread);
    for (int c = 0; c < variances.length; c++) {
      variances[c] = (float) varianceOf(variances[c]);
    }
    write(variances, variance.get_data_handle());
  }

  private double varianceOf(float running) {
    return conf.isUseLogStd() ? Math.pow(10, 2.0 * running) : running;
  }

  private float[] read(memory memory) {
    float[] values = new float[(int) conf.getNOut()];
    new FloatPointer(memory.get_data_handle()).get(values);
    return values;
  }

  private static float[] read(INDArray array) {
    float[] values = new float[(int) array.length()];
    new FloatPointer(array.data().addressPointer()).get(values);
    return values;
  }

  private static void write(float[] values, INDArray to) {
    write(values, to.data().addressPointer());
  }

  private static void write(float[] values, Pointer to) {
    new FloatPointer(to).put(values);
  }
}
