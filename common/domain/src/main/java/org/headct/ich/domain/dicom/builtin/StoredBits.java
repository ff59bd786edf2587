package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomHeader;

/**
 * Cuts the stored bits out of the allocated ones (PS3.5 section 8.1.1): what lies above HighBit
 * (old overlays) or below the lowest stored bit is dropped, and signed values are sign-extended.
 */
final class StoredBits {
  private StoredBits() {}

  /** In place; HighBit and BitsStored as {@link HeaderCollector} checks them. */
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

  /** The common case, apart because this loop is made SIMD; with a mask of type short it is not. */
  private static void mask(short[] values, int mask) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (values[i] & mask);
    }
  }
}
