package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** The first bytes of an object, by dcm4che. */
class Dcm4cheStartTest extends StartTest {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }
}
