package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomReader;

import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on the competition's slices. */
class Dcm4cheRsnaSampleIT extends RsnaSampleIT {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }
}
