package org.headct.ich.domain.ct;

import java.util.Objects;

/**
 * The plain rule that makes a tensor of an image: make its pixels square if they are not, see
 * {@link SquarePixels}, apply the head mask if wanted, resample to 512×512 if the image has another
 * size, take the area mean to the wanted size, map each window to a channel. Values stay in HU up
 * to the windows, so no window clips before the mean is taken.
 *
 * <p>A tensor is C×H×W, row-major: the value of channel c, row y, column x is at {@code (c * H + y)
 * * W + x}; C in the order of {@link TensorSpec#windows()}, H = W = {@link TensorSpec#size()}.
 *
 * <p>Works on float32 images, step by step. Package {@code ct.fast} makes the same bytes faster and
 * is tested against this class.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
public final class TensorBuilder {
  /**
   * The version of the rule, stored with rows and models. Increase it whenever the same input would
   * give other bytes. A change of the series order counts, because it decides which slices are
   * neighbours.
   */
  public static final int VERSION = 1;

  /** The side in pixels to which every image is resampled first; nearly all CT has it. */
  private static final int CANONICAL_SIDE = 512;

  private final TensorSpec spec;
  private final SquarePixels squarePixels = new SquarePixels();
  private final AreaResampler resampler = new AreaResampler();
  private final HeadMask headMask = new HeadMask();
  private final float[] means;
  private float[] canonical = {};

  public TensorBuilder(TensorSpec spec) {
    this.spec = spec;
    this.means = new float[spec.size() * spec.size()];
  }

  public TensorSpec spec() {
    return spec;
  }

  /**
   * Returns the grey levels of an image of square pixels, uint8.
   *
   * @return a new array of {@link TensorSpec#lengthBytes()} bytes
   */
  public byte[] build(HuImage image) {
    return build(image, PixelShape.SQUARE);
  }

  /** Returns the grey levels of an image with pixels of this shape, like {@link #build}. */
  public byte[] build(HuImage image, PixelShape shape) {
    byte[] tensor = new byte[spec.lengthBytes()];
    greys(means(image, shape), tensor, 0);
    return tensor;
  }

  /**
   * Returns the area means of an image in HU, size × size.
   *
   * @param shape the shape of the image's pixels
   * @return a buffer that the next call overwrites
   */
  public float[] means(HuImage image, PixelShape shape) {
    HuImage square = squarePixels.of(image, shape);
    HuImage head = spec.headMask() ? headMask.apply(square) : square;
    int side = Math.max(head.rows(), head.columns());
    float[] padded = resampler.square(head);
    if (side != CANONICAL_SIDE) {
      if (canonical.length == 0) {
        canonical = new float[CANONICAL_SIDE * CANONICAL_SIDE];
      }
      resampler.resample(padded, side, canonical, CANONICAL_SIDE);
      padded = canonical;
    }
    resampler.resample(padded, CANONICAL_SIDE, means, spec.size());
    return means;
  }

  /**
   * Maps area means to the grey levels of every window, uint8.
   *
   * @param hu area means, size × size
   * @param tensor receives {@link TensorSpec#lengthBytes()} bytes
   * @param at index of the first of them
   * @throws IndexOutOfBoundsException if the bytes do not fit
   */
  public void greys(float[] hu, byte[] tensor, int at) {
    Objects.checkFromIndexSize(at, spec.lengthBytes(), tensor.length);
    int start = at;
    for (CtWindow window : spec.windows()) {
      grey(hu, window.scale(), window.offset(), tensor, start);
      start += hu.length;
    }
  }

  /** Applies the arithmetic of {@link CtWindow#grey} to a whole image. */
  private static void grey(float[] hu, double scale, double offset, byte[] tensor, int at) {
    for (int i = 0; i < hu.length; i++) {
      int level = (int) (hu[i] * scale + offset);
      tensor[at + i] = (byte) Math.max(0, Math.min(255, level));
    }
  }
}
