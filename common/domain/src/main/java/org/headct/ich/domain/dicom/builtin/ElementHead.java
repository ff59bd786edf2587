package org.headct.ich.domain.dicom.builtin;

import java.util.List;

/**
 * The forms of an element's head (PS3.5 section 7.1). The place and size of the length differ.
 *
 * @see ElementReader
 */
enum ElementHead {
  /** No VR, then 32 bits of length. */
  IMPLICIT(8, 4),
  /** VR, then 16 bits of length. */
  SHORT(8, 6),
  /** VR, two reserved bytes, then 32 bits of length. */
  LONG(12, 8);

  private final int bytes;
  private final int lengthAt;

  ElementHead(int bytes, int lengthAt) {
    this.bytes = bytes;
    this.lengthAt = lengthAt;
  }

  /** Returns the length of the head in bytes. */
  int bytes() {
    return bytes;
  }

  /** Returns the offset of the value's length in the head. */
  int lengthAt() {
    return lengthAt;
  }

  /** Returns whether the length has 16 bits. */
  boolean isShort() {
    return this == SHORT;
  }

  /** Returns the form that the standard gives an explicit element of this VR. */
  static ElementHead usual(int vr) {
    return Vr.isWellFormed(vr) && Vr.hasLongLength(vr) ? LONG : SHORT;
  }

  /**
   * Returns the forms to try for a VR that does not exist or does not fit its head, likeliest
   * first. Where two letters are missing, it may be an implicit element: such files exist, and
   * dcmtk reads them so. Some writers give OB or UN a length of 16 bits.
   */
  static List<ElementHead> candidates(int vr) {
    if (!Vr.isWellFormed(vr)) {
      return List.of(IMPLICIT, SHORT, LONG);
    }
    return usual(vr) == LONG ? List.of(LONG, SHORT) : List.of(SHORT, LONG);
  }
}
