package org.headct.ich.common.dicom;

import org.headct.ich.common.dicom.dcm4che.Dcm4cheReader;

/** dcm4che on the competition's slices. */
class Dcm4cheRsnaSampleIT extends RsnaSampleIT {
  @Override
  DicomReader reader() {
    return new Dcm4cheReader();
  }
}
