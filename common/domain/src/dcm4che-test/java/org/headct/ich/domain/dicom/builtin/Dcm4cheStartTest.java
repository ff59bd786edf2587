package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on the first bytes of an object. */
class Dcm4cheStartTest extends StartTest {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }
}
