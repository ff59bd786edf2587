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
   * have none. Each element was read as it is written.
   */
  OTHER_VR
}
