package org.headct.ich.domain.dicom;

/** Where an object departs from the standard and is read nonetheless; closed list. */
public enum Departure {
  /**
   * No file meta group, or none that names the transfer syntax (PS3.10 section 7.1): the syntax was
   * recognised by the first element.
   */
  NO_TRANSFER_SYNTAX,
  /**
   * The value representations are not written as the transfer syntax says (PS3.5 section 7.1):
   * explicit where it names the implicit one, or single elements without one in an explicit data
   * set. Each element was read as it is written.
   */
  OTHER_VR
}
