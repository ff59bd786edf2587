package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;

import java.util.Map;
import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** Test of dcm4che on objects that are made to break a reader. */
class Dcm4cheHostileInputTest extends HostileInputTest {
  @Override
  DicomReader reader(DicomLimits limits) {
    return new Dcm4cheReader(limits);
  }

  /**
   * Returns dcm4che's defect where it differs. dcm4che ends a meta group where its length says.
   * Without a length it looks for the end until the bytes end; it looks for a missing item in the
   * same way.
   */
  @Override
  DicomDefect counted(String situation, DicomDefect usual) {
    return Map.of(
            "nothing behind the meta group", DicomDefect.TRUNCATED,
            "a meta group of no length", DicomDefect.BAD_HEADER,
            "three bytes behind the prefix", DicomDefect.NOT_DICOM,
            "no item in a sequence", DicomDefect.TRUNCATED)
        .getOrDefault(situation, usual);
  }
}
