package org.headct.ich.networks.weights;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a ResNet's layers in other libraries, in ours: keras.applications' ({@code
 * conv2_block1_0_conv}), and those of Caffe that Keras had before and DL4J's zoo has ({@code
 * res2a_branch1}).
 */
final class LayerNames {
  private static final Pattern KERAS =
      Pattern.compile("conv(?<stage>[2-5])_block(?<block>\\d+)_(?<part>[0-3])_(?<kind>conv|bn)");
  private static final Pattern CAFFE =
      Pattern.compile("(?<kind>res|bn)(?<stage>[2-5])(?<block>[a-z])_branch(?<part>1|2a|2b|2c)");

  private LayerNames() {}

  /** Our name for a layer of a ResNet, if it is one. */
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
