package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomHeader;

/**
 * Extraction of the stored bits from the allocated bits (PS3.5 section 8.1.1). Bits above HighBit
 * (old overlays) and below the lowest stored bit are dropped. Signed values are sign-extended.
 */
final class StoredBits {
  private StoredBits() {}

  /** Extracts the bits in place. {@link HeaderCollector} has checked HighBit and BitsStored. */
  static void extract(short[] values, DicomHeader header) {
    int up = 15 - header.highBit();
    int down = 16 - header.bitsStored();
    if (down == 0) {
      return;
    }
    if (header.signed()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) ((short) (values[i] << up) >> down);
      }
    } else if (up == down) {
      mask(values, 0xFFFF >>> down);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) ((values[i] << up & 0xFFFF) >>> down);
      }
    }
  }

  /**
   * Masks unsigned values, the common case. The JVM turns this loop into SIMD code, but not with a
   * mask of type short.
   */
  private static void mask(short[] values, int mask) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (values[i] & mask);
    }
  }
}
