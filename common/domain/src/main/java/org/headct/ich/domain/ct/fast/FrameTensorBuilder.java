package org.headct.ich.domain.ct.fast;

import java.util.Objects;
import org.headct.ich.domain.ct.CtWindow;
import org.headct.ich.domain.ct.HeadMask;
import org.headct.ich.domain.ct.HuImage;
import org.headct.ich.domain.ct.PixelShape;
import org.headct.ich.domain.ct.Rescale;
import org.headct.ich.domain.ct.RescaleRule;
import org.headct.ich.domain.ct.TensorBuilder;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * Makes the tensor of a frame. {@link WholeTensor} makes it if that gives the same bits; {@link
 * Rescale} and {@link TensorBuilder} make every other one.
 *
 * <p>Reuses its buffers between calls, so it is not thread-safe; use one for each thread.
 */
public final class FrameTensorBuilder {
  private final TensorSpec spec;
  private final TensorBuilder plain;
  private final HeadMask headMask = new HeadMask();
  private final WholeTensor whole;
  private final float[] wholeMeans;
  private float[] hu = {};
  private float[] plane = {};

  public FrameTensorBuilder(TensorSpec spec) {
    this.spec = spec;
    this.plain = new TensorBuilder(spec);
    this.whole = new WholeTensor(spec);
    this.wholeMeans = new float[spec.size() * spec.size()];
  }

  /**
   * Writes the grey levels of a frame, uint8: the bytes of {@link TensorBuilder#build} after {@link
   * Rescale#apply}.
   *
   * @param pixels stored values of the frame
   * @param header header of the frame's object
   * @param target receives {@link TensorSpec#lengthBytes()} bytes
   * @param at index of the first byte in {@code target}
   * @throws IndexOutOfBoundsException if the bytes do not fit
   */
  public void windows(StoredPixels pixels, DicomHeader header, byte[] target, int at) {
    Objects.checkFromIndexSize(at, spec.lengthBytes(), target.length);
    boolean taken = take(pixels, header);
    if (taken && whole.hasGreys()) {
      whole.greys(target, at);
    } else {
      plain.greys(means(taken, pixels, header), target, at);
    }
  }

  /**
   * Writes the windows of a frame as float32 from 0 to 1, not quantised: (hu - (centre - width /
   * 2)) / width, clamped. NaN becomes 0.
   *
   * @param pixels stored values of the frame
   * @param header header of the frame's object
   * @param target receives {@link TensorSpec#lengthBytes()} values
   * @param at index of the first value in {@code target}
   * @throws IndexOutOfBoundsException if the values do not fit
   */
  public void windows(StoredPixels pixels, DicomHeader header, float[] target, int at) {
    Objects.checkFromIndexSize(at, spec.lengthBytes(), target.length);
    float[] means = means(take(pixels, header), pixels, header);
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

  /** Takes and masks a frame for the fast path. Returns false if it needs the plain path. */
  private boolean take(StoredPixels pixels, DicomHeader header) {
    boolean taken =
        PixelShape.of(header).isSquare(pixels.rows(), pixels.columns())
            && whole.take(pixels, RescaleRule.of(header, pixels.signed()));
    if (taken && spec.headMask()) {
      WholeHu image = whole.image();
      headMask.apply(image.values(), WholeHu.SIDE, image.lowest());
    }
    return taken;
  }

  /** Returns the area means of a frame in HU, by the fast path if it was taken. */
  private float[] means(boolean taken, StoredPixels pixels, DicomHeader header) {
    if (taken) {
      whole.means(wholeMeans);
      return wholeMeans;
    }
    if (hu.length != pixels.values().length) {
      hu = new float[pixels.values().length];
    }
    Rescale.hu(pixels, RescaleRule.of(header, pixels.signed()), hu);
    float[] means =
        plain.means(new HuImage(pixels.rows(), pixels.columns(), hu), PixelShape.of(header));
    for (int i = 0; i < means.length; i++) {
      // An absurdly large slope gives NaN, which is black in both forms.
      means[i] = Float.isNaN(means[i]) ? Float.NEGATIVE_INFINITY : means[i];
    }
    return means;
  }

  /** Maps HU to [0, 1]. Loops over whole arrays from index 0 on, so that the JIT uses SIMD. */
  private static void unit(float[] hu, float lowest, float share, float[] unit) {
    for (int i = 0; i < unit.length; i++) {
      unit[i] = Math.max(0, Math.min(1, (hu[i] - lowest) * share));
    }
  }
}
