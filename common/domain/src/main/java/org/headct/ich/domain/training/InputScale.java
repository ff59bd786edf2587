package org.headct.ich.domain.training;

import java.util.List;

/**
 * The input that the network of a weights file took. For a tensor's value x of 0 to 1 it took
 * factor · x − offset, by channel. The first convolution absorbs both, by W · factor and a bias of
 * −ΣW · offset, and then takes x.
 *
 * <p>This is exact wherever the convolution sees no padding. It differs at the border: the file's
 * network padded its own zero, which is ImageNet's mean. Our networks pad x = 0, the lower end of a
 * window, which is what a picture of a head shows at its border. A 7×7 convolution of stride 2
 * differs in its outermost two rows and columns.
 *
 * <p>The key {@code train.weights-input} names it.
 */
public enum InputScale {
  /** The numbers that our tensors hold. */
  SAME(List.of(), List.of()),
  /** Blue, green, red of 0 to 255 less ImageNet's mean: Caffe, keras.applications' "caffe". */
  CAFFE(List.of(255.0, 255.0, 255.0), List.of(103.939, 116.779, 123.68)),
  /** Red, green, blue of 0 to 1, standardised by ImageNet's mean and deviation: torchvision. */
  TORCH(
      List.of(1 / 0.229, 1 / 0.224, 1 / 0.225),
      List.of(0.485 / 0.229, 0.456 / 0.224, 0.406 / 0.225));

  private final List<Double> factors;
  private final List<Double> offsets;

  InputScale(List<Double> factors, List<Double> offsets) {
    this.factors = factors;
    this.offsets = offsets;
  }

  /** Returns the name that people type: {@code caffe}. */
  public String key() {
    return Keys.of(this);
  }

  /** Returns the factor of a channel; 1 for {@code SAME}. */
  public double factor(int channel) {
    return factors.isEmpty() ? 1 : factors.get(channel);
  }

  /** Returns the offset of a channel; 0 for {@code SAME}. */
  public double offset(int channel) {
    return offsets.isEmpty() ? 0 : offsets.get(channel);
  }

  /** Returns the number of channels that this scale is defined for; 0 for any number. */
  public int channels() {
    return factors.size();
  }
}
