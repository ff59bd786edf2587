package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.DicomReader;

import java.util.Map;
import org.headct.ich.domain.dicom.dcm4che.Dcm4cheReader;

/** dcm4che on objects made to break a reader. */
class Dcm4cheHostileInputTest extends HostileInputTest {
  @Override
  DicomReader reader(DicomLimits limits) {
    return new Dcm4cheReader(limits);
  }

  /**
   * dcm4che ends a meta group where its length says, and where it has none looks for its end, as
   * for the next item, until the bytes end.
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
