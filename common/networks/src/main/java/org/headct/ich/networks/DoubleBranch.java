package org.headct.ich.networks;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.NetworkName;

/**
 * Two ResNets with weights of their own, whose pooled features (2×512, 2×2048) are joined: the
 * first sees the slice in the first window, with its neighbours z−1 and z+1 where the tensors have
 * them, the second the slice itself in all further windows.
 *
 * <p>Source: A. Sage, P. Badura, "Intracranial Hemorrhage Detection in Head CT Using Double-Branch
 * Convolutional Neural Network, Support Vector Machine, and Random Forest", Applied Sciences
 * 10(21): 7577, 2020, 10.3390/app10217577: one branch takes the slice in several windows, the other
 * a stack of three consecutive slices.
 */
public final class DoubleBranch {
  private static final String SLICE = "slice-";
  private static final String WINDOWS = "windows-";

  private DoubleBranch() {}

  /**
   * Refuses tensors that a network of two branches can not take.
   *
   * @param windows of a slice
   * @throws UserException where there is only one window
   */
  public static void check(NetworkName name, int windows) {
    if (windows < name.leastWindows()) {
      throw new UserException(
          "train.network = %s gives the first window to one branch and the others to another, and the tensors have one window: build them with two or more in tensors.windows, such as [\"whole:1024/4096\", brain, subdural]"
              .formatted(name.key()));
    }
  }

  /**
   * Adds both branches and returns the name of their joined features.
   *
   * @param resNet makes a branch
   */
  static String addTo(GraphBuilder graph, Networks.Form form, Supplier<ResNet> resNet) {
    int windows = form.channels() / form.slices();
    check(form.name(), windows);
    // Channels stand slice by slice: z−1, z, z+1.
    int own = form.slices() / 2 * windows;
    int[] first = IntStream.range(0, form.slices()).map(slice -> slice * windows).toArray();
    int[] further = IntStream.range(own + 1, own + windows).toArray();
    String slice = resNet.get().addTo(channels(graph, SLICE, first), SLICE);
    String window = resNet.get().addTo(channels(graph, WINDOWS, further), WINDOWS);
    graph.addVertex(ResNet.FEATURES, new MergeVertex(), slice, window);
    return ResNet.FEATURES;
  }

  /**
   * One by one and put together again: a {@code SubsetVertex} of several channels of images tells
   * the next layer a wrong number of them (M2.1: from − to + 1).
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
