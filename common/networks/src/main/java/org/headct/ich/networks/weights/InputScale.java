package org.headct.ich.networks.weights;

import java.util.List;
import java.util.Locale;

/**
 * What a file's network took for a tensor's x of 0 to 1: factor · x − offset, by channel. The first
 * convolution absorbs both, W · factor and a bias of −ΣW · offset, and so takes x.
 *
 * <p>That is exact wherever the convolution sees no padding. At the border it differs: the file's
 * network padded its own zero, ImageNet's mean; ours pads x = 0, which is the lower end of a window
 * and what a head's picture has at its border. Of a 7×7 of stride 2 it is the outermost two rows
 * and columns.
 */
public enum InputScale {
  /** What our tensors hold. */
  SAME(List.of(), List.of()),
  /** Blue, green, red of 0 to 255 less ImageNet's mean: Caffe, keras.applications' "caffe". */
  CAFFE(List.of(255.0, 255.0, 255.0), List.of(103.939, 116.779, 123.68)),
  /** Red, green, blue of 0 to 1, by ImageNet's mean and deviation: torchvision. */
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

  /** Of a channel; 1 for {@code SAME}. */
  double factor(int channel) {
    return factors.isEmpty() ? 1 : factors.get(channel);
  }

  /** Of a channel; 0 for {@code SAME}. */
  double offset(int channel) {
    return offsets.isEmpty() ? 0 : offsets.get(channel);
  }

  /** Channels that this is defined for; 0 for any number. */
  int channels() {
    return factors.size();
  }
}
