package org.headct.ich.networks.weights;

import java.util.List;

/**
 * The weights that a run started from, as {@code run.json} records them.
 *
 * @param path path of the file, as configured
 * @param length length of the file in bytes
 * @param sha256 SHA-256 of the file, in hexadecimal
 * @param input input that the file's network took: same, caffe or torch
 * @param freeze configured stage: none, backbone or a stage name
 * @param frozen layers that keep the file's parameters, from the input on
 */
public record StartingWeights(
    String path, long length, String sha256, String input, String freeze, List<String> frozen) {
  public StartingWeights {
    frozen = List.copyOf(frozen);
  }
}
