package org.headct.ich.common.ct;

/**
 * Makes tensors of images: head mask if wanted, resampled to 512×512 where it is not, area mean to
 * the wanted size, then each window to a channel. All in HU until the windows, so that a window
 * never clips before the mean is taken.
 *
 * <p>Keeps its buffers between calls: not thread-safe, one for each thread. No buffer outlives a
 * call in what it returns.
 */
public final class TensorBuilder {
  /** The side at which every image is compared, that of nearly all CT. */
  private static final int CANONICAL_SIDE = 512;

  /** Changes whenever the same input would give other bytes; stored with them. */
  public static final int VERSION = 1;

  private final TensorSpec spec;
  private final AreaResampler resampler = new AreaResampler();
  private final HeadMask headMask = new HeadMask();
  private final float[] resampled;
  private float[] canonical = {};

  public TensorBuilder(TensorSpec spec) {
    this.spec = spec;
    this.resampled = new float[spec.size() * spec.size()];
  }

  public TensorSpec spec() {
    return spec;
  }

  /**
   * C×H×W, row-major, uint8: the value of channel c, row y, column x is at {@code (c * H + y) * W +
   * x}; C in the order of {@link TensorSpec#windows()}, H = W = {@link TensorSpec#size()}.
   *
   * @return a new array of {@link TensorSpec#lengthBytes()} bytes
   */
  public byte[] build(HuImage image) {
    HuImage head = spec.headMask() ? headMask.apply(image) : image;
    int side = Math.max(head.rows(), head.columns());
    float[] square = resampler.square(head);
    if (side != CANONICAL_SIDE) {
      if (canonical.length == 0) {
        canonical = new float[CANONICAL_SIDE * CANONICAL_SIDE];
      }
      resampler.resample(square, side, canonical, CANONICAL_SIDE);
      square = canonical;
    }
    resampler.resample(square, CANONICAL_SIDE, resampled, spec.size());

    byte[] tensor = new byte[spec.lengthBytes()];
    int channel = 0;
    for (CtWindow window : spec.windows()) {
      grey(resampled, window.scale(), window.offset(), tensor, channel * resampled.length);
      channel++;
    }
    return tensor;
  }

  /** STUB until merged. */
  public void windows(
      org.headct.ich.common.dicom.StoredPixels pixels,
      org.headct.ich.common.dicom.DicomHeader header,
      byte[] target,
      int at) {
    byte[] tensor = build(Rescale.apply(pixels, header).image());
    System.arraycopy(tensor, 0, target, at, tensor.length);
  }

  /** STUB until merged. */
  public void windows(
      org.headct.ich.common.dicom.StoredPixels pixels,
      org.headct.ich.common.dicom.DicomHeader header,
      float[] target,
      int at) {
    byte[] tensor = build(Rescale.apply(pixels, header).image());
    for (int i = 0; i < tensor.length; i++) {
      target[at + i] = (tensor[i] & 0xFF) / 255f;
    }
  }

  /** {@link CtWindow#grey} for a whole image; the same arithmetic, so the same result. */
  private static void grey(float[] hu, double scale, double offset, byte[] tensor, int at) {
    for (int i = 0; i < hu.length; i++) {
      int level = (int) (hu[i] * scale + offset);
      tensor[at + i] = (byte) Math.max(0, Math.min(255, level));
    }
  }
}
