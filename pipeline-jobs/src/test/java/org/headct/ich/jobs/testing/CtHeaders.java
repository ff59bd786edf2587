package org.headct.ich.jobs.testing;

import java.util.List;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;

/** Header of a CT image without defects. The test sets the ids. */
public final class CtHeaders {
  private CtHeaders() {}

  /**
   * Returns an axial slice of 16-bit signed values, HU = stored − 1024, implicit little endian.
   *
   * @param size the number of rows and of columns
   * @param zMm the position along the body, mm
   */
  public static DicomHeaderBuilder axial(int size, double zMm) {
    return DicomHeader.builder()
        .transferSyntaxUid("1.2.840.10008.1.2")
        .sopClassUid("1.2.840.10008.5.1.4.1.1.2")
        .modality("CT")
        .rows(size)
        .columns(size)
        .photometricInterpretation("MONOCHROME2")
        .bitsAllocated(16)
        .bitsStored(16)
        .highBit(15)
        .signed(true)
        .rescaleSlope(1.0)
        .rescaleIntercept(-1024.0)
        .imagePositionMm(new double[] {-125, -125, zMm})
        .imageOrientation(new double[] {1, 0, 0, 0, 1, 0})
        .pixelSpacingMm(new double[] {0.5, 0.5});
  }

  /**
   * Returns one of many images, with ids like RSNA's. Its number gives its position: series follow
   * each other, each with a patient and a study of its own, slices 5 mm apart.
   *
   * @param image the image's number, counted from 0
   */
  public static DicomHeaderBuilder numbered(
      int size, String imageId, int image, int slicesASeries) {
    int series = image / slicesASeries;
    return axial(size, 5.0 * (image % slicesASeries))
        .sopInstanceUid(imageId)
        .studyInstanceUid("ID_%010x".formatted(series))
        .seriesInstanceUid("ID_%010x".formatted(1_000_000 + series))
        .patientId("ID_%08x".formatted(series))
        .windowCenters(List.of(40.0))
        .windowWidths(List.of(80.0));
  }
}
