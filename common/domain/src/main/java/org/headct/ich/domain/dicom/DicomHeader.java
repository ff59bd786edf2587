package org.headct.ich.domain.dicom;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an object, without its pixels. Absent text is {@code ""}. Absent or malformed
 * optional numbers are null. If the object has neither PixelData nor Rows, the image description is
 * zero. Text is decoded one byte per character, whatever the character set. Components that are not
 * listed below are the attributes of the same name.
 *
 * @param transferSyntaxUid the declared transfer syntax, or the recognised one if there is no meta
 *     group
 * @param sopClassUid (0008,0016), or (0002,0002) of the meta group; the instance UID likewise
 * @param patientId (0010,0020), raw; callers pseudonymise it
 * @param frames (0028,0008), 1 if absent
 * @param samplesPerPixel (0028,0002), 1 if absent
 * @param highBit (0028,0102), bitsStored - 1 if absent
 * @param signed true if (0028,0103) is 1
 * @param rescaleSlope (0028,1053), finite and not zero
 * @param rescaleIntercept (0028,1052)
 * @param pixelPaddingValue (0028,0120), signed or unsigned as the pixel representation says
 * @param pixelPaddingRangeLimit (0028,0121), the other end of a range of padding values
 * @param imagePositionMm (0020,0032), x y z of the first pixel's centre in patient coordinates
 * @param imageOrientation (0020,0037), direction cosines of a row, then of a column
 * @param pixelSpacingMm (0028,0030), between rows, then between columns; both positive
 * @param pixelAspectRatio (0028,0034), height and width of a pixel in a common unit; both positive
 * @param sliceThicknessMm (0018,0050)
 * @param gantryTiltDegrees (0018,1120)
 * @param windowCenters (0028,1050), all values
 * @param acquisition the attributes that tell how the image came about
 * @param departures the tolerated deviations from the standard, each with the names of the
 *     attributes that have it, or a blank text
 */
@SuppressWarnings("ArrayRecordComponent") // four short vectors; no code writes to them
public record DicomHeader(
    String transferSyntaxUid,
    String sopClassUid,
    String sopInstanceUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String patientId,
    String modality,
    @Nullable Integer instanceNumber,
    int frames,
    int rows,
    int columns,
    int samplesPerPixel,
    String photometricInterpretation,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    @Nullable Double rescaleSlope,
    @Nullable Double rescaleIntercept,
    @Nullable Integer pixelPaddingValue,
    @Nullable Integer pixelPaddingRangeLimit,
    double @Nullable [] imagePositionMm,
    double @Nullable [] imageOrientation,
    double @Nullable [] pixelSpacingMm,
    double @Nullable [] pixelAspectRatio,
    @Nullable Double sliceThicknessMm,
    @Nullable Double gantryTiltDegrees,
    List<Double> windowCenters,
    List<Double> windowWidths,
    String manufacturer,
    String model,
    String implementation,
    Acquisition acquisition,
    Map<Departure, String> departures) {

  /**
   * CT Image Storage and its legacy-converted form. Slices of the latter have a header of their
   * own.
   */
  private static final Set<String> CT_CLASSES =
      Set.of("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.2");

  public DicomHeader {
    windowCenters = List.copyOf(windowCenters);
    windowWidths = List.copyOf(windowWidths);
    departures = Map.copyOf(departures);
  }

  /**
   * Returns whether this is a CT image. The modality must be CT or blank, and the SOP class a CT
   * image class or blank (as in anonymised data); not both may be blank. Dose reports and screen
   * shots with modality CT do not count.
   */
  public boolean isCt() {
    boolean modalityFits = modality.equals("CT") || modality.isEmpty();
    boolean classFits = CT_CLASSES.contains(sopClassUid) || sopClassUid.isEmpty();
    return modalityFits && classFits && !(modality.isEmpty() && sopClassUid.isEmpty());
  }

  /** Returns whether modality or SOP class name another kind of object than a CT image. */
  public boolean isOther() {
    return !isCt() && !(modality.isEmpty() && sopClassUid.isEmpty());
  }

  /** Returns a builder whose header has blank text, one frame of one sample, and no numbers. */
  public static DicomHeaderBuilder builder() {
    return new DicomHeaderBuilder();
  }
}
