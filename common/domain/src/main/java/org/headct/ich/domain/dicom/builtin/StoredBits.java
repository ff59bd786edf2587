package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomHeader;

/**
 * Extraction of the stored bits from the allocated bits (PS3.5 section 8.1.1). Bits above the
 * stored ones (old overlays) and below them are dropped. Signed values are sign-extended.
 *
 * <p>HighBit should be BitsStored - 1. Old objects have a higher one, for values that are shifted
 * up; others have it by mistake, such as HighBit 15 for 12 bits that lie low. Each frame shows
 * which it is. The values lie low if more cells have bits below the declared ones than have bits
 * above the low ones. A HighBit that cannot hold the stored bits, such as 11 for 16 bits, is
 * ignored.
 */
final class StoredBits {
  private StoredBits() {}

  /** Extracts the bits in place. {@link FrameDecoder#check} has checked BitsStored. */
  static void extract(short[] values, DicomHeader header) {
    int down = 16 - header.bitsStored();
    if (down == 0) {
      return;
    }
    int up = 15 - highBit(values, header);
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

  private static int highBit(short[] values, DicomHeader header) {
    int low = header.bitsStored() - 1;
    int declared = header.highBit();
    boolean possible = declared > low && declared < header.bitsAllocated();
    return possible && lieLow(values, header) ? low : possible ? declared : low;
  }

  private static boolean lieLow(short[] values, DicomHeader header) {
    int cell = 0xFFFF >>> 16 - header.bitsAllocated();
    int low = header.bitsStored() - 1;
    int below = (1 << header.highBit() - low) - 1;
    int under = 0;
    int over = 0;
    for (short value : values) {
      int bits = value & cell;
      boolean negative = header.signed() && bits >>> low == cell >>> low;
      if (bits >>> low > 1 && !negative) {
        over++;
      } else if ((bits & below) != 0) {
        under++;
      }
    }
    return under > over;
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
