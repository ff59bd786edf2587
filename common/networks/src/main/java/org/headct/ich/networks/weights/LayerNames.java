package org.headct.ich.networks.weights;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A translation of a ResNet's layer names from other libraries into this project's names. It knows
 * keras.applications' names ({@code conv2_block1_0_conv}) and Caffe's ({@code res2a_branch1}),
 * which older Keras and DL4J's zoo use.
 */
final class LayerNames {
  private static final Pattern KERAS =
      Pattern.compile("conv(?<stage>[2-5])_block(?<block>\\d+)_(?<part>[0-3])_(?<kind>conv|bn)");
  private static final Pattern CAFFE =
      Pattern.compile("(?<kind>res|bn)(?<stage>[2-5])(?<block>[a-z])_branch(?<part>1|2a|2b|2c)");

  private LayerNames() {}

  /** Returns this project's name for a layer of a ResNet; empty for any other layer. */
  static Optional<String> ours(String theirs) {
    return switch (theirs) {
      case "conv1_conv", "conv1", "stem-cnn1" -> Optional.of("stem-conv");
      case "conv1_bn", "bn_conv1", "stem-batch1" -> Optional.of("stem-norm");
      default -> ofBlock(theirs);
    };
  }

  private static Optional<String> ofBlock(String theirs) {
    Matcher keras = KERAS.matcher(theirs);
    if (keras.matches()) {
      return Optional.of(name(keras, Integer.parseInt(keras.group("block"))));
    }
    Matcher caffe = CAFFE.matcher(theirs);
    return caffe.matches()
        ? Optional.of(name(caffe, caffe.group("block").charAt(0) - 'a' + 1))
        : Optional.empty();
  }

  private static String name(Matcher m, int block) {
    String part =
        switch (m.pattern() == KERAS ? m.group("part") : "caffe " + m.group("part")) {
          case "0", "caffe 1" -> "shortcut";
          case "1", "caffe 2a" -> "a";
          case "2", "caffe 2b" -> "b";
          default -> "c";
        };
    String kind = m.group("kind").equals("bn") ? "norm" : "conv";
    return "s%d-b%d-%s-%s".formatted(Integer.parseInt(m.group("stage")) - 1, block, part, kind);
  }
}
