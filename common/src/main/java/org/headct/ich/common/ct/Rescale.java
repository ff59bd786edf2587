package org.headct.ich.common.ct;

import java.util.EnumSet;
import java.util.Set;
import org.headct.ich.common.dicom.DicomHeader;
import org.headct.ich.common.dicom.StoredPixels;
import org.jspecify.annotations.Nullable;

/**
 * Stored values to Hounsfield units: HU = stored × RescaleSlope + RescaleIntercept [PS3.3 C.11.1],
 * slope 1 and intercept 0 where absent.
 *
 * <p>Padding becomes air (-1000 HU) and is compared <em>before</em> rescale [PS3.3 C.7.5.1.1.2]:
 * Pixel Padding Value (0028,0120), or -2000 where that tag is absent. The photometric
 * interpretation is no argument here: MONOCHROME1 says how to display, never what the HU are.
 */
public final class Rescale {
  private static final int UNDECLARED_PADDING = -2000;
  private static final double WRAPPED_INTERCEPT_ABOVE = -100;
  private static final int WRAP_BITS = 12;
  private static final int WRAP_MASK = (1 << WRAP_BITS) - 1;
  private static final int WRAP_OFFSET = 1000;

  private Rescale() {}

  /** The repairs that the header alone calls for: all but those of single pixels. */
  public static Set<Repair> foreseen(DicomHeader header) {
    Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    if (header.rescaleSlope() == null || header.rescaleIntercept() == null) {
      repairs.add(Repair.ABSENT_RESCALE);
    }
    if (isWrapped(header)) {
      repairs.add(Repair.RSNA_WRAP);
    }
    return repairs;
  }

  /** One frame in HU, as float32: exact for the integer slopes and intercepts that CT has. */
  public static Rescaled apply(StoredPixels pixels, DicomHeader header) {
    Set<Repair> repairs = foreseen(header);
    double slope = orElse(header.rescaleSlope(), 1);
    double intercept = orElse(header.rescaleIntercept(), 0);
    Integer declared = header.pixelPaddingValue();

    float[] hu;
    if (repairs.contains(Repair.RSNA_WRAP)) {
      hu = unwrap(pixels);
      if (declared != null) {
        // These values are two's complement in 12 bits, so the padding was wrapped with them.
        padWithAir(pixels, declared & WRAP_MASK, hu);
      }
    } else {
      hu = linear(pixels, slope, intercept);
      if (declared != null) {
        padWithAir(pixels, as16Bits(declared, pixels), hu);
      } else if (padWithAir(pixels, UNDECLARED_PADDING, hu) > 0) {
        repairs.add(Repair.UNDECLARED_PADDING);
      }
    }
    return new Rescaled(new HuImage(pixels.rows(), pixels.columns(), hu), repairs);
  }

  /** A slope other than 1 says that the stored values are not HU, whatever the bits look like. */
  private static boolean isWrapped(DicomHeader header) {
    return header.bitsStored() == WRAP_BITS
        && !header.signed()
        && orElse(header.rescaleSlope(), 1) == 1
        && orElse(header.rescaleIntercept(), 0) > WRAPPED_INTERCEPT_ABOVE;
  }

  private static float[] unwrap(StoredPixels pixels) {
    short[] stored = pixels.values();
    float[] hu = new float[stored.length];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = ((stored[i] + WRAP_OFFSET) & WRAP_MASK) - WRAP_OFFSET;
    }
    return hu;
  }

  private static float[] linear(StoredPixels pixels, double slope, double intercept) {
    short[] stored = pixels.values();
    float[] hu = new float[stored.length];
    // The sign is taken out of the loop: (v & 0xFFFF) for unsigned, v for signed.
    int mask = pixels.signed() ? -1 : 0xFFFF;
    boolean integral =
        slope == 1 && intercept == Math.rint(intercept) && Math.abs(intercept) < 1 << 20;
    if (integral) {
      int offset = (int) intercept;
      for (int i = 0; i < hu.length; i++) {
        hu[i] = (stored[i] & mask) + offset;
      }
    } else {
      for (int i = 0; i < hu.length; i++) {
        hu[i] = (float) ((stored[i] & mask) * slope + intercept);
      }
    }
    return hu;
  }

  private static int padWithAir(StoredPixels pixels, int padding, float[] hu) {
    short[] stored = pixels.values();
    int mask = pixels.signed() ? -1 : 0xFFFF;
    int padded = 0;
    for (int i = 0; i < hu.length; i++) {
      if ((stored[i] & mask) == padding) {
        hu[i] = HuImage.AIR_HU;
        padded++;
      }
    }
    return padded;
  }

  /** The tag is US or SS and often has the other VR than the pixels: 63536 is -2000 if signed. */
  private static int as16Bits(int declared, StoredPixels pixels) {
    return pixels.signed() ? (short) declared : declared & 0xFFFF;
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
