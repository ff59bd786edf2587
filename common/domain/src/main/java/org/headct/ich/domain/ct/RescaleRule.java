package org.headct.ich.domain.ct;

import org.headct.ich.domain.dicom.DicomHeader;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which {@link Rescale} converts the stored values of a frame to HU.
 *
 * @param wrapped whether HU are the stored 12 bits in two's complement, from -1000 HU on; slope and
 *     intercept are then ignored
 * @param slope HU for each stored step
 * @param intercept HU of the stored value 0
 * @param padding lowest stored value that means air, in [-32768, 32767] for signed and [0, 65535]
 *     for unsigned pixels; null if there is none
 * @param paddingSpan number of further values above it that mean air, 0 to 65535
 */
public record RescaleRule(
    boolean wrapped, double slope, double intercept, @Nullable Integer padding, int paddingSpan) {
  public static final int WRAP_MASK = (1 << 12) - 1;
  public static final int WRAP_OFFSET = 1000;

  private static final int WRAP_BITS = 12;
  private static final double WRAPPED_INTERCEPT_ABOVE = -100;
  private static final int UNDECLARED_PADDING = -2000;
  private static final int MAX_WHOLE_INTERCEPT = 1 << 20;

  /**
   * Returns the rule for pixels of this sign, which may differ from the header's sign.
   *
   * @see org.headct.ich.domain.dicom.StoredPixels#signed
   */
  public static RescaleRule of(DicomHeader header, boolean signed) {
    return new RescaleRule(
        isWrapped(header),
        orElse(header.rescaleSlope(), 1),
        orElse(header.rescaleIntercept(), 0),
        padding(header, signed),
        paddingSpan(header, signed));
  }

  /** Returns whether HU are the stored values plus a whole number. */
  public boolean isShift() {
    return slope == 1
        && intercept == Math.rint(intercept)
        && Math.abs(intercept) < MAX_WHOLE_INTERCEPT;
  }

  /** Returns whether the values have the RSNA wrap. With another slope than 1 they never do. */
  static boolean isWrapped(DicomHeader header) {
    return header.bitsStored() == WRAP_BITS
        && !header.signed()
        && orElse(header.rescaleSlope(), 1) == 1
        && orElse(header.rescaleIntercept(), 0) > WRAPPED_INTERCEPT_ABOVE;
  }

  private static @Nullable Integer padding(DicomHeader header, boolean signed) {
    Integer declared = header.pixelPaddingValue();
    boolean wrapped = isWrapped(header);
    if (declared == null) {
      return signed && !wrapped ? UNDECLARED_PADDING : null;
    }
    int first = stored(declared, signed || wrapped);
    Integer limit = header.pixelPaddingRangeLimit();
    int lowest = limit == null ? first : Math.min(first, stored(limit, signed || wrapped));
    // Wrapped values are two's complement in 12 bits, so the padding was wrapped, too.
    return wrapped ? lowest & WRAP_MASK : lowest;
  }

  /** Returns 0 for a single value. A range has two ends, in either order [PS3.3 C.7.5.1.1.2]. */
  private static int paddingSpan(DicomHeader header, boolean signed) {
    Integer first = header.pixelPaddingValue();
    Integer limit = header.pixelPaddingRangeLimit();
    if (first == null || limit == null) {
      return 0;
    }
    boolean asSigned = signed || isWrapped(header);
    return Math.abs(stored(limit, asSigned) - stored(first, asSigned));
  }

  /**
   * Returns a padding value as pixels have it. Its VR is US or SS and often differs from the sign
   * of the pixels: 63536 is -2000 if signed.
   */
  private static int stored(int declared, boolean signed) {
    return signed ? (short) declared : declared & 0xFFFF;
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
