package org.headct.ich.networks.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A residual network as keras.applications builds it ({@code stack1} and {@code block1} of {@code
 * resnet.py}). It has separate layers for zero padding, convolutions with biases, an epsilon of
 * 1.001e-5, and a bottleneck's stride at its first 1×1. Its parameters are random. The file is like
 * one of Keras 2's {@code model.save("….h5")}. Basic blocks, which keras.applications does not
 * have, are named in the same way.
 */
public final class KerasResNet {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Map<String, Object>> layers = new ArrayList<>();
  private final KerasWeights weights;
  private final boolean bottleneck;
  private final boolean strideAt3x3;
  private int channels;

  private KerasResNet(Kind kind, long seed) {
    this.weights = new KerasWeights(seed);
    this.bottleneck = kind != Kind.BASIC;
    this.strideAt3x3 = kind == Kind.BOTTLENECK_SAME;
  }

  /** The forms of a residual block. */
  public enum Kind {
    BASIC,
    /** The bottleneck of keras.applications. */
    BOTTLENECK,
    /**
     * A bottleneck with Keras's padding "same" at a 3×3 of stride 2. It pads one side only; our
     * networks cannot.
     */
    BOTTLENECK_SAME
  }

  /**
   * Writes a model with a softmax head over seven classes.
   *
   * @param side side of the input in pixels; 0 for any
   * @param stages number of blocks of each stage
   */
  public static void write(Path file, Kind kind, int channels, int side, long seed, int... stages)
      throws JsonProcessingException {
    KerasResNet network = new KerasResNet(kind, seed);
    String last = network.build(channels, side, stages);
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", "resnet");
    config.put("layers", network.layers);
    config.put("input_layers", List.of(List.of("input_1", 0, 0)));
    config.put("output_layers", List.of(List.of(last, 0, 0)));
    network.weights.write(
        file, JSON.writeValueAsString(Map.of("class_name", "Functional", "config", config)));
  }

  private String build(int inputs, int side, int[] stages) {
    List<Object> shape = new ArrayList<>();
    shape.add(null);
    shape.add(side == 0 ? null : side);
    shape.add(side == 0 ? null : side);
    shape.add(inputs);
    add(
        "InputLayer",
        "input_1",
        Map.of("dtype", "float32", "sparse", false, "ragged", false),
        List.of());
    config().put("batch_input_shape", shape);
    channels = inputs;
    pad("conv1_pad", 3, "input_1");
    convolution("conv1_conv", 64, 7, 2, "valid", "conv1_pad");
    norm("conv1_bn", "conv1_conv");
    relu("conv1_relu", "conv1_bn");
    pad("pool1_pad", 1, "conv1_relu");
    add(
        "MaxPooling2D",
        "pool1_pool",
        Map.of(
            "pool_size",
            List.of(3, 3),
            "padding",
            "valid",
            "strides",
            List.of(2, 2),
            "data_format",
            "channels_last"),
        List.of("pool1_pad"));
    String last = "pool1_pool";
    for (int stage = 0; stage < stages.length; stage++) {
      for (int block = 0; block < stages[stage]; block++) {
        String name = "conv%d_block%d".formatted(stage + 2, block + 1);
        last = block(name, last, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
      }
    }
    add(
        "GlobalAveragePooling2D",
        "avg_pool",
        Map.of("data_format", "channels_last"),
        List.of(last));
    add(
        "Dense",
        "predictions",
        Map.of("units", 7, "activation", "softmax", "use_bias", true),
        List.of("avg_pool"));
    weights.dense("predictions", channels, 7);
    return "predictions";
  }

  private String block(String name, String input, int width, int stride) {
    int in = channels;
    int out = bottleneck ? 4 * width : width;
    String shortcut = input;
    if (stride != 1 || in != out) {
      convolution(name + "_0_conv", out, 1, stride, "valid", input);
      norm(name + "_0_bn", name + "_0_conv");
      shortcut = name + "_0_bn";
      channels = in;
    }
    String last = input;
    if (bottleneck) {
      last = part(name + "_1", width, 1, strideAt3x3 ? 1 : stride, "valid", last);
      last = part(name + "_2", width, 3, strideAt3x3 ? stride : 1, "same", last);
    } else {
      // Explicit padding, as in the stem: "same" would pad only one side at a stride of 2.
      pad(name + "_1_pad", 1, last);
      last = part(name + "_1", width, 3, stride, "valid", name + "_1_pad");
    }
    String end = name + (bottleneck ? "_3" : "_2");
    convolution(end + "_conv", out, bottleneck ? 1 : 3, 1, bottleneck ? "valid" : "same", last);
    norm(end + "_bn", end + "_conv");
    add("Add", name + "_add", Map.of(), List.of(shortcut, end + "_bn"));
    relu(name + "_out", name + "_add");
    return name + "_out";
  }

  private String part(
      String name, int width, int kernel, int stride, String padding, String input) {
    convolution(name + "_conv", width, kernel, stride, padding, input);
    norm(name + "_bn", name + "_conv");
    relu(name + "_relu", name + "_bn");
    return name + "_relu";
  }

  private void convolution(
      String name, int width, int kernel, int stride, String padding, String input) {
    add(
        "Conv2D",
        name,
        Map.of(
            "filters",
            width,
            "kernel_size",
            List.of(kernel, kernel),
            "strides",
            List.of(stride, stride),
            "padding",
            padding,
            "data_format",
            "channels_last",
            "dilation_rate",
            List.of(1, 1),
            "activation",
            "linear",
            "use_bias",
            true),
        List.of(input));
    weights.convolution(name, kernel, channels, width);
    channels = width;
  }

  private void norm(String name, String input) {
    add(
        "BatchNormalization",
        name,
        Map.of(
            "axis",
            List.of(3),
            "momentum",
            0.99,
            "epsilon",
            1.001e-5,
            "center",
            true,
            "scale",
            true),
        List.of(input));
    weights.norm(name, channels);
  }

  private void relu(String name, String input) {
    add("Activation", name, Map.of("activation", "relu"), List.of(input));
  }

  private void pad(String name, int pixels, String input) {
    List<Integer> both = List.of(pixels, pixels);
    add(
        "ZeroPadding2D",
        name,
        Map.of("padding", List.of(both, both), "data_format", "channels_last"),
        List.of(input));
  }

  private void add(String type, String name, Map<String, Object> settings, List<String> inputs) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("trainable", true);
    config.putAll(settings);
    for (String part : List.of("kernel", "bias", "gamma", "beta", "activity")) {
      config.put(part + "_regularizer", null);
      config.put(part + "_constraint", null);
    }
    config.put("kernel_initializer", Map.of("class_name", "GlorotUniform", "config", Map.of()));
    config.put("bias_initializer", Map.of("class_name", "Zeros", "config", Map.of()));
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("class_name", type);
    layer.put("config", config);
    layer.put("name", name);
    layer.put(
        "inbound_nodes",
        inputs.isEmpty()
            ? List.of()
            : List.of(inputs.stream().map(i -> List.of(i, 0, 0, Map.of())).toList()));
    layers.add(layer);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> config() {
    return (Map<String, Object>) layers.get(layers.size() - 1).get("config");
  }
}
