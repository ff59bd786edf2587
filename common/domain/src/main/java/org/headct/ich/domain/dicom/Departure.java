package org.headct.ich.domain.dicom;

/** A tolerated deviation of an object from the standard. The list is closed. */
public enum Departure {
  /**
   * The file meta group is absent or names no transfer syntax (PS3.10 section 7.1). The reader
   * recognised the syntax by the first element.
   */
  NO_TRANSFER_SYNTAX,
  /**
   * The value representations (VR) do not match the transfer syntax (PS3.5 section 7.1). Either the
   * syntax is implicit and the elements have VRs, or the syntax is explicit and single elements
   * have none, or items are written unlike the data set around them. Each element was read as it is
   * written.
   */
  OTHER_VR,
  /**
   * A VR that the standard does not have, such as {@code --}, or a length of the other size. The
   * element after it shows the true length.
   */
  UNKNOWN_VR,
  /**
   * HighBit is not BitsStored - 1 (PS3.5 section 8.1.1). The values show where the stored bits lie.
   */
  HIGH_BIT,
  /** NumberOfFrames is not a positive whole number (PS3.3 section C.7.6.6). It counts as 1. */
  FRAME_COUNT,
  /** A decimal comma (PS3.5 section 6.2 knows only the point). It was read as a point. */
  DECIMAL_COMMA,
  /** A number that cannot be used. It counts as absent. */
  UNUSABLE_NUMBER
}
