package org.headct.ich.common.dicom;

import org.headct.ich.common.dicom.dcm4che.Dcm4cheReader;

/** The first bytes of an object, by dcm4che. */
class Dcm4cheStartTest extends StartTest {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }
}
