package org.headct.ich.networks;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.NetworkName;

/**
 * Two ResNets with separate weights. Their pooled features (2×512 or 2×2048) are joined.
 *
 * <p>The first branch sees the slice in the first window, together with its neighbours z−1 and z+1
 * if the tensors have them. The second branch sees the slice itself in all other windows.
 *
 * <p>Source: A. Sage, P. Badura, "Intracranial Hemorrhage Detection in Head CT Using Double-Branch
 * Convolutional Neural Network, Support Vector Machine, and Random Forest", Applied Sciences
 * 10(21): 7577, 2020, 10.3390/app10217577. There, one branch takes the slice in several windows and
 * the other takes a stack of three consecutive slices.
 */
public final class DoubleBranch {
  private static final String SLICE = "slice-";
  private static final String WINDOWS = "windows-";

  private DoubleBranch() {}

  /**
   * Checks that the tensors have enough windows for a network of two branches.
   *
   * @param windows number of windows of a slice
   * @throws UserException if a network of two branches gets only one window
   */
  public static void check(NetworkName name, int windows) {
    if (windows < name.leastWindows()) {
      throw new UserException(
          "train.network = %s needs two or more windows, because one branch takes the first window and the other branch takes the rest. The tensors have one window: build them with two or more in tensors.windows, such as [\"whole:1024/4096\", brain, subdural]"
              .formatted(name.key()));
    }
  }

  /**
   * Adds both branches and returns the name of their joined features.
   *
   * @param resNet factory for one branch
   */
  static String addTo(GraphBuilder graph, Networks.Form form, Supplier<ResNet> resNet) {
    int windows = form.channels() / form.slices();
    check(form.name(), windows);
    // Channels are ordered slice by slice: z−1, z, z+1.
    int own = form.slices() / 2 * windows;
    int[] first = IntStream.range(0, form.slices()).map(slice -> slice * windows).toArray();
    int[] further = IntStream.range(own + 1, own + windows).toArray();
    String slice = resNet.get().addTo(channels(graph, SLICE, first), SLICE);
    String window = resNet.get().addTo(channels(graph, WINDOWS, further), WINDOWS);
    graph.addVertex(ResNet.FEATURES, new MergeVertex(), slice, window);
    return ResNet.FEATURES;
  }

  /**
   * Cuts the channels out one by one and merges them. A {@code SubsetVertex} of several image
   * channels reports a wrong channel count to the next layer in M2.1 (from − to + 1).
   */
  private static String channels(GraphBuilder graph, String prefix, int... channels) {
    String[] names = new String[channels.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = prefix + "channel" + channels[i];
      graph.addVertex(names[i], new SubsetVertex(channels[i], channels[i]), Networks.INPUT);
    }
    if (names.length == 1) {
      return names[0];
    }
    String joined = prefix + "channels";
    graph.addVertex(joined, new MergeVertex(), names);
    return joined;
  }
}
