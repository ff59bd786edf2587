package org.headct.ich.networks.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;

/**
 * Random parameters in Keras's HDF5 layout: {@code model_weights/<layer>/<layer>/kernel:0}. The
 * parameter names are in an attribute of the layer's group, the model in an attribute of the file.
 */
final class KerasWeights {
  private final Random random;
  private final Map<String, Map<String, Array>> layers = new LinkedHashMap<>();

  private record Array(long[] shape, float[] values) {}

  KerasWeights(long seed) {
    random = new Random(seed);
  }

  /** Adds a kernel H×W×I×O and a bias. */
  void convolution(String layer, int kernel, int in, int out) {
    double deviation = Math.sqrt(2.0 / (kernel * kernel * in));
    put(layer, "kernel:0", 0, deviation, kernel, kernel, in, out);
    put(layer, "bias:0", 0, 0.3, out);
  }

  /** Adds a kernel I×O and a bias. */
  void dense(String layer, int in, int out) {
    put(layer, "kernel:0", 0, 0.1, in, out);
    put(layer, "bias:0", 0, 0.1, out);
  }

  void norm(String layer, int channels) {
    put(layer, "gamma:0", 1, 0.1, channels);
    put(layer, "beta:0", 0, 0.1, channels);
    put(layer, "moving_mean:0", 0, 0.3, channels);
    put(layer, "moving_variance:0", 0, 0, channels);
    float[] variances = layers.get(layer).get("moving_variance:0").values();
    for (int i = 0; i < variances.length; i++) {
      variances[i] = 0.5f + random.nextFloat();
    }
  }

  private void put(String layer, String name, double mean, double deviation, long... shape) {
    int length = Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    float[] values = new float[length];
    IntStream.range(0, length)
        .forEach(i -> values[i] = (float) (mean + deviation * random.nextGaussian()));
    layers.computeIfAbsent(layer, key -> new LinkedHashMap<>()).put(name, new Array(shape, values));
  }

  /**
   * Writes the file. The scope frees the HDF5 objects here. Otherwise the collector's thread would
   * close them while another thread reads, and HDF5 allows one thread only.
   */
  void write(Path file, String model) {
    synchronized (Hdf5Archive.LOCK_OBJECT) {
      try (PointerScope ignored = new PointerScope()) {
        H5File archive = new H5File(file.toString(), hdf5.H5F_ACC_TRUNC());
        text(archive, "model_config", model);
        text(archive, "keras_version", "2.6.0");
        text(archive, "backend", "tensorflow");
        Group root = archive.createGroup("model_weights");
        layers.forEach((layer, arrays) -> write(root, layer, arrays));
        root._close();
        archive._close();
      }
    }
  }

  private static void write(Group root, String layer, Map<String, Array> arrays) {
    Group outer = root.createGroup(layer);
    int longest = arrays.keySet().stream().mapToInt(String::length).max().orElseThrow();
    int width = layer.length() + 1 + longest;
    ByteBuffer names = ByteBuffer.allocate(width * arrays.size());
    int at = 0;
    Group inner = outer.createGroup(layer);
    for (Map.Entry<String, Array> e : arrays.entrySet()) {
      names.position(at).put((layer + "/" + e.getKey()).getBytes(StandardCharsets.UTF_8));
      at += width;
      Array array = e.getValue();
      DataSet data =
          inner.createDataSet(
              e.getKey(),
              new org.bytedeco.hdf5.DataType(PredType.NATIVE_FLOAT()),
              new DataSpace(array.shape().length, array.shape()));
      data.write(
          new FloatPointer(array.values()),
          new org.bytedeco.hdf5.DataType(PredType.NATIVE_FLOAT()));
      data._close();
    }
    StrType type = new StrType(PredType.C_S1(), width);
    Attribute attribute =
        outer.createAttribute("weight_names", type, new DataSpace(1, new long[] {arrays.size()}));
    attribute.write(type, new BytePointer(names.array()));
    attribute._close();
    inner._close();
    outer._close();
  }

  /** Writes a text of any length, as Python's h5py stores bytes. */
  private static void text(H5File archive, String name, String value) {
    StrType type = new StrType(0, hdf5.H5T_VARIABLE);
    Attribute attribute = archive.createAttribute(name, type, new DataSpace(hdf5.H5S_SCALAR));
    attribute.write(type, value);
    attribute._close();
  }
}
