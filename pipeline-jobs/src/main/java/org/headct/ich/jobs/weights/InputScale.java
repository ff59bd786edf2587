package org.headct.ich.jobs.weights;

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
  SAME(new double[0], new double[0]),
  /** Blue, green, red of 0 to 255 less ImageNet's mean: Caffe, keras.applications' "caffe". */
  CAFFE(new double[] {255, 255, 255}, new double[] {103.939, 116.779, 123.68}),
  /** Red, green, blue of 0 to 1, by ImageNet's mean and deviation: torchvision. */
  TORCH(
      new double[] {1 / 0.229, 1 / 0.224, 1 / 0.225},
      new double[] {0.485 / 0.229, 0.456 / 0.224, 0.406 / 0.225});

  private final double[] factors;
  private final double[] offsets;

  InputScale(double[] factors, double[] offsets) {
    this.factors = factors;
    this.offsets = offsets;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a channel; 1 for {@code SAME}. */
  double factor(int channel) {
    return factors.length == 0 ? 1 : factors[channel];
  }

  /** Of a channel; 0 for {@code SAME}. */
  double offset(int channel) {
    return offsets.length == 0 ? 0 : offsets[channel];
  }

  /** Channels that this is defined for; 0 for any number. */
  int channels() {
    return factors.length;
  }
}
