package org.headct.ich.networks.weights;

import java.util.List;
import java.util.Locale;

/**
 * The input that a file's network took for a tensor's x in 0 to 1: factor · x − offset, by channel.
 * The first convolution absorbs both, as W · factor and a bias of −ΣW · offset, and so takes x.
 *
 * <p>This is exact wherever the convolution sees no padding. It differs at the border. The file's
 * network padded its own zero, which is ImageNet's mean. This project's network pads x = 0, the
 * lower end of a window, which is also the value at the border of a head's picture. A 7×7
 * convolution of stride 2 differs in the outermost two rows and columns.
 */
public enum InputScale {
  /** The range of the project's own tensors, 0 to 1. */
  SAME(List.of(), List.of()),
  /**
   * Blue, green, red of 0 to 255 minus ImageNet's mean, as in Caffe and keras.applications'
   * "caffe".
   */
  CAFFE(List.of(255.0, 255.0, 255.0), List.of(103.939, 116.779, 123.68)),
  /** Red, green, blue of 0 to 1, normalised by ImageNet's mean and deviation, as in torchvision. */
  TORCH(
      List.of(1 / 0.229, 1 / 0.224, 1 / 0.225),
      List.of(0.485 / 0.229, 0.456 / 0.224, 0.406 / 0.225));

  private final List<Double> factors;
  private final List<Double> offsets;

  InputScale(List<Double> factors, List<Double> offsets) {
    this.factors = factors;
    this.offsets = offsets;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the factor of a channel; 1 for {@code SAME}. */
  double factor(int channel) {
    return factors.isEmpty() ? 1 : factors.get(channel);
  }

  /** Returns the offset of a channel; 0 for {@code SAME}. */
  double offset(int channel) {
    return offsets.isEmpty() ? 0 : offsets.get(channel);
  }

  /** Returns the number of channels that this scale needs; 0 for any number. */
  int channels() {
    return factors.size();
  }
}
