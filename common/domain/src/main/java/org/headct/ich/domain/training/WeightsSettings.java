package org.headct.ich.domain.training;

import java.util.Optional;

/**
 * The weights that a new run starts from.
 *
 * @param file a Keras model or a DL4J zip on any Hadoop file system; empty for random weights
 * @param input the input that the file's network took; empty for the usual one of the file's format
 * @param freeze stage up to which layers keep the file's weights, {@code backbone} or {@code none}
 */
public record WeightsSettings(String file, Optional<InputScale> input, String freeze) {
  /** Tells whether the run starts from random weights. */
  public boolean random() {
    return file.isEmpty();
  }
}
