package org.headct.ich.common.dicom;

import org.headct.ich.common.dicom.dcm4che.Dcm4cheReader;

/** dcm4che on damaged objects. */
class Dcm4cheMutationIT extends MutationIT {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }

  @Override
  boolean decodes(String member) {
    return !member.startsWith("j2k-") && !member.startsWith("jpeg-");
  }
}
