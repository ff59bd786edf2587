package org.headct.ich.networks.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.util.ModelSerializer;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.BottleneckStride;
import org.headct.ich.networks.nd4j.Nd4jRuntime;

/**
 * The network of a weights file, with its layers' names translated into this project's names.
 *
 * @param file the user's name for the file
 * @param form format of the file
 * @param graph the network as DL4J reads it
 */
record SourceNetwork(String file, Form form, ComputationGraph graph) {
  static {
    Nd4jRuntime.prepare();
  }

  /** The format of a file, recognised by its first bytes. */
  enum Form {
    KERAS("\u0089HDF"),
    DL4J("PK\3\4");

    private final String magic;

    Form(String magic) {
      this.magic = magic;
    }
  }

  /**
   * Reads a file.
   *
   * @param name the user's name for the file
   * @throws UserException if it is neither a whole Keras model nor a graph of DL4J
   */
  static SourceNetwork read(Path path, String name) throws IOException {
    Form form = form(path, name);
    try {
      return new SourceNetwork(
          name,
          form,
          switch (form) {
            case KERAS -> keras(path);
            case DL4J -> ModelSerializer.restoreComputationGraph(path.toFile(), false);
          });
    } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
      throw new UserException(
          "train.weights: DL4J does not import %s: %s (use a whole model, as Keras 2's model.save('FILE.h5') writes it)"
              .formatted(name, firstLine(e)),
          e);
    } catch (RuntimeException e) {
      throw new UserException(
          "train.weights: %s is not a model that DL4J reads: %s".formatted(name, firstLine(e)), e);
    }
  }

  private static ComputationGraph keras(Path path)
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    // Without this, HDF5 prints its error stack on the console beside our one-line message.
    Loader.load(hdf5.class);
    org.bytedeco.hdf5.Exception.dontPrint();
    return KerasModelImport.importKerasModelAndWeights(path.toString(), false);
  }

  private static Form form(Path path, String name) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(4);
    }
    for (Form form : Form.values()) {
      if (new String(start, StandardCharsets.ISO_8859_1).equals(form.magic)) {
        return form;
      }
    }
    throw new UserException(
        "train.weights: %s is neither HDF5 (Keras) nor a zip (DL4J)".formatted(name));
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  /**
   * Returns the names of all layers with parameters except the heads, mapped to this project's
   * names or, if they have none, to themselves.
   */
  Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    List<String> heads = graph.getConfiguration().getNetworkOutputs();
    for (Layer layer : graph.getLayers()) {
      String theirs = conf(layer).getLayerName();
      if (layer.numParams() > 0 && !heads.contains(theirs)) {
        names.put(theirs, LayerNames.ours(theirs).orElse(theirs));
      }
    }
    return names;
  }

  /** Returns the convolution at which its bottlenecks halve the picture. */
  BottleneckStride stride() {
    for (Map.Entry<String, String> name : names().entrySet()) {
      if (name.getValue().equals("s2-b1-a-conv")
          && conf(graph.getLayer(name.getKey())) instanceof ConvolutionLayer convolution
          && convolution.getKernelSize()[0] == 1
          && convolution.getStride()[0] == 2) {
        return BottleneckStride.CONV_1X1;
      }
    }
    return BottleneckStride.CONV_3X3;
  }

  /** Returns the configuration of a layer, without the wrapper that freezes it. */
  static org.deeplearning4j.nn.conf.layers.Layer conf(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    return conf instanceof FrozenLayer frozen ? frozen.getLayer() : conf;
  }
}
