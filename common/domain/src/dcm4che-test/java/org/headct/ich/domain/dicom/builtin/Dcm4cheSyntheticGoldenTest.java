package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on the synthetic objects. */
class Dcm4cheSyntheticGoldenTest extends SyntheticGoldenTest {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }

  @Override
  boolean decodes(String member) {
    return !member.startsWith("j2k-") && !member.startsWith("jpeg-");
  }
}
