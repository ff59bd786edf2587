package org.headct.ich.common.ct;

import java.util.Objects;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.StoredPixels;

/**
 * Makes tensors of images: head mask if wanted, resampled to 512×512 where it is not, area mean to
 * the wanted size, then each window to a channel. All in HU until the windows, so that a window
 * never clips before the mean is taken.
 *
 * <p>A tensor is C×H×W, row-major: the value of channel c, row y, column x is at {@code (c * H + y)
 * * W + x}; C in the order of {@link TensorSpec#windows()}, H = W = {@link TensorSpec#size()}.
 *
 * <p>{@link #build} goes by float32 images, step for step; it is what {@code windows} is held
 * against. That one takes a short way where it gives the same bits, see {@link WholeTensor}.
 *
 * <p>Keeps its buffers between calls: not thread-safe, one for each thread. No buffer outlives a
 * call in what it returns.
 */
public final class TensorBuilder {
  /**
   * Changes whenever the same input would give other bytes, the order of a series included, which
   * decides what lies beside a slice; kept with the rows and with the models.
   */
  public static final int VERSION = 1;

  /** The side at which every image is compared, that of nearly all CT. */
  private static final int CANONICAL_SIDE = 512;

  private final TensorSpec spec;
  private final AreaResampler resampler = new AreaResampler();
  private final HeadMask headMask = new HeadMask();
  private final WholeTensor whole;
  private final float[] means;
  private float[] canonical = {};
  private float[] hu = {};
  private float[] plane = {};

  public TensorBuilder(TensorSpec spec) {
    this.spec = spec;
    this.whole = new WholeTensor(spec);
    this.means = new float[spec.size() * spec.size()];
  }

  public TensorSpec spec() {
    return spec;
  }

  /**
   * The grey levels of an image, uint8.
   *
   * @return a new array of {@link TensorSpec#lengthBytes()} bytes
   */
  public byte[] build(HuImage image) {
    resample(image);
    byte[] tensor = new byte[spec.lengthBytes()];
    greys(tensor, 0);
    return tensor;
  }

  /**
   * The grey levels of a frame, uint8: the bytes of {@link #build} after {@link Rescale#apply}.
   *
   * @param header of the frame's object
   * @param target takes {@link TensorSpec#lengthBytes()} bytes
   * @param at index of the first of them
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void windows(StoredPixels pixels, DicomHeader header, byte[] target, int at) {
    Objects.checkFromIndexSize(at, spec.lengthBytes(), target.length);
    boolean taken = take(pixels, header);
    if (taken && whole.hasGreys()) {
      whole.greys(target, at);
    } else {
      resample(taken, pixels, header);
      greys(target, at);
    }
  }

  /**
   * The same as float32 from 0 to 1, not quantised: (hu - (centre - width / 2)) / width, clamped.
   * Not a number is 0.
   *
   * @param header of the frame's object
   * @param target takes {@link TensorSpec#lengthBytes()} values
   * @param at index of the first of them
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void windows(StoredPixels pixels, DicomHeader header, float[] target, int at) {
    Objects.checkFromIndexSize(at, spec.lengthBytes(), target.length);
    resample(take(pixels, header), pixels, header);
    if (plane.length == 0) {
      plane = new float[means.length];
    }
    int start = at;
    for (CtWindow window : spec.windows()) {
      unit(means, (float) window.lowestHu(), (float) (1 / window.widthHu()), plane);
      System.arraycopy(plane, 0, target, start, plane.length);
      start += plane.length;
    }
  }

  /**
   * Whether a frame can go the short way; its image, without what the head mask takes, is there.
   */
  private boolean take(StoredPixels pixels, DicomHeader header) {
    boolean taken = whole.take(pixels, RescaleRule.of(header, pixels.signed()));
    if (taken && spec.headMask()) {
      headMask.apply(whole.image());
    }
    return taken;
  }

  /** A frame to {@link #means}, the short way if it was taken. */
  private void resample(boolean taken, StoredPixels pixels, DicomHeader header) {
    if (taken) {
      whole.means(means);
      return;
    }
    if (hu.length != pixels.values().length) {
      hu = new float[pixels.values().length];
    }
    Rescale.hu(pixels, RescaleRule.of(header, pixels.signed()), hu);
    resample(new HuImage(pixels.rows(), pixels.columns(), hu));
    for (int i = 0; i < means.length; i++) {
      // Of a slope beyond all reason; black in either form.
      means[i] = Float.isNaN(means[i]) ? Float.NEGATIVE_INFINITY : means[i];
    }
  }

  /** An image to {@link #means}. */
  private void resample(HuImage image) {
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
    resampler.resample(square, CANONICAL_SIDE, means, spec.size());
  }

  private void greys(byte[] tensor, int at) {
    int start = at;
    for (CtWindow window : spec.windows()) {
      grey(means, window.scale(), window.offset(), tensor, start);
      start += means.length;
    }
  }

  /** {@link CtWindow#grey} for a whole image; the same arithmetic, so the same result. */
  private static void grey(float[] hu, double scale, double offset, byte[] tensor, int at) {
    for (int i = 0; i < hu.length; i++) {
      int level = (int) (hu[i] * scale + offset);
      tensor[at + i] = (byte) Math.max(0, Math.min(255, level));
    }
  }

  /** Whole arrays from index 0 on, which the JIT compiler makes SIMD of. */
  private static void unit(float[] hu, float lowest, float share, float[] unit) {
    for (int i = 0; i < unit.length; i++) {
      unit[i] = Math.max(0, Math.min(1, (hu[i] - lowest) * share));
    }
  }
}
