package org.headct.ich.common.dicom;

import org.headct.ich.common.dicom.dcm4che.Dcm4cheReader;

/** dcm4che on the synthetic objects. */
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
