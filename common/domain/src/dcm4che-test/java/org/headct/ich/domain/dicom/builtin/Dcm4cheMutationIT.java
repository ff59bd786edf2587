package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on damaged objects. */
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
