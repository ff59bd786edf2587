package org.headct.ich.domain.ct;

import java.util.EnumSet;
import java.util.Set;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.StoredPixels;

/**
 * Converts stored values to Hounsfield units: HU = stored × RescaleSlope + RescaleIntercept [PS3.3
 * C.11.1]. An absent slope is 1, an absent intercept is 0.
 *
 * <p>Padding becomes air (-1000 HU). Stored values are compared with the padding <em>before</em>
 * rescale [PS3.3 C.7.5.1.1.2]. The padding is Pixel Padding Value (0028,0120), or all values from
 * it to Pixel Padding Range Limit (0028,0121), or -2000 if there is no such value and pixels are
 * signed. The photometric interpretation does not matter: MONOCHROME1 affects the display, not the
 * HU.
 */
public final class Rescale {
  private Rescale() {}

  /** Returns the repairs that the header calls for: all except those of single pixels. */
  public static Set<Repair> foreseen(DicomHeader header) {
    Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    if (header.rescaleSlope() == null || header.rescaleIntercept() == null) {
      repairs.add(Repair.ABSENT_RESCALE);
    }
    if (RescaleRule.isWrapped(header)) {
      repairs.add(Repair.RSNA_WRAP);
    }
    if (header.departures().containsKey(Departure.HIGH_BIT)) {
      repairs.add(Repair.STORED_BITS);
    }
    if (header.pixelPaddingValue() != null && header.pixelPaddingRangeLimit() != null) {
      repairs.add(Repair.PADDING_RANGE);
    }
    if (!PixelShape.of(header).isSquare(header.rows(), header.columns())) {
      repairs.add(Repair.SQUARE_PIXELS);
    }
    return repairs;
  }

  /** Converts one frame to HU in float32, which is exact for integer slopes and intercepts. */
  public static Rescaled apply(StoredPixels pixels, DicomHeader header) {
    Set<Repair> repairs = foreseen(header);
    RescaleRule rule = RescaleRule.of(header, pixels.signed());
    float[] hu = new float[pixels.values().length];
    int padded = hu(pixels, rule, hu);
    if (padded > 0 && header.pixelPaddingValue() == null) {
      repairs.add(Repair.UNDECLARED_PADDING);
    }
    return new Rescaled(new HuImage(pixels.rows(), pixels.columns(), hu), repairs, padded);
  }

  /**
   * Converts one frame to HU.
   *
   * @param hu receives the values, one for each pixel
   * @return number of padding pixels, which are air now
   */
  public static int hu(StoredPixels pixels, RescaleRule rule, float[] hu) {
    if (rule.wrapped()) {
      unwrap(pixels, hu);
    } else {
      linear(pixels, rule, hu);
    }
    Integer padding = rule.padding();
    return padding == null ? 0 : padWithAir(pixels, padding, rule.paddingSpan(), hu);
  }

  private static void unwrap(StoredPixels pixels, float[] hu) {
    short[] stored = pixels.values();
    for (int i = 0; i < hu.length; i++) {
      hu[i] =
          ((stored[i] + RescaleRule.WRAP_OFFSET) & RescaleRule.WRAP_MASK) - RescaleRule.WRAP_OFFSET;
    }
  }

  private static void linear(StoredPixels pixels, RescaleRule rule, float[] hu) {
    short[] stored = pixels.values();
    // The mask keeps the sign out of the loop: (v & 0xFFFF) for unsigned, v for signed.
    int mask = pixels.signed() ? -1 : 0xFFFF;
    if (rule.isShift()) {
      int offset = (int) rule.intercept();
      for (int i = 0; i < hu.length; i++) {
        hu[i] = (stored[i] & mask) + offset;
      }
    } else {
      double slope = rule.slope();
      double intercept = rule.intercept();
      for (int i = 0; i < hu.length; i++) {
        hu[i] = (float) ((stored[i] & mask) * slope + intercept);
      }
    }
  }

  private static int padWithAir(StoredPixels pixels, int first, int span, float[] hu) {
    short[] stored = pixels.values();
    int padded = 0;
    for (int i = 0; i < hu.length; i++) {
      if ((stored[i] - first & 0xFFFF) <= span) {
        hu[i] = HuImage.AIR_HU;
        padded++;
      }
    }
    return padded;
  }
}
