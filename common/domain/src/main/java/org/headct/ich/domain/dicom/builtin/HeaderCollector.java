package org.headct.ich.domain.dicom.builtin;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.dicom.Acquisition;
import org.headct.ich.domain.dicom.Departure;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomHeaderBuilder;
import org.headct.ich.domain.dicom.DicomLimits;
import org.jspecify.annotations.Nullable;

/**
 * Collector of the top-level attributes of a data set into a {@link DicomHeader}. It also checks
 * them. All readers share it: they find elements differently but interpret them alike.
 */
public final class HeaderCollector {
  private static final int ABSENT = -1;

  private final DicomHeaderBuilder header = DicomHeader.builder();
  private final DicomLimits limits;
  private final Map<Departure, String> departures = new EnumMap<>(Departure.class);
  private String sopClassUid = "";
  private String sopInstanceUid = "";
  private Acquisition acquisition = Acquisition.NONE;
  private int frames = 1;
  private int rows = ABSENT;
  private int columns = ABSENT;
  private int samplesPerPixel = ABSENT;
  private int bitsAllocated = ABSENT;
  private int bitsStored = ABSENT;
  private int highBit = ABSENT;
  private int pixelRepresentation = ABSENT;
  private int padding = ABSENT;
  private int paddingLimit = ABSENT;

  /** Creates an empty header with these limits. */
  public HeaderCollector(DicomLimits limits) {
    this.limits = limits;
  }

  /**
   * Sets the file meta group's values, empty if absent. Its UIDs replace those that the data set
   * lacks.
   */
  public HeaderCollector meta(
      String transferSyntaxUid, String mediaSopClassUid, String mediaSopInstanceUid) {
    header.transferSyntaxUid(transferSyntaxUid);
    sopClassUid = orElse(sopClassUid, mediaSopClassUid);
    sopInstanceUid = orElse(sopInstanceUid, mediaSopInstanceUid);
    return this;
  }

  /** Sets the meta group's ImplementationVersionName, empty if absent. */
  public HeaderCollector implementation(String name) {
    header.implementation(name);
    return this;
  }

  /** Adds a tolerated deviation from the standard. */
  public HeaderCollector departure(Departure departure) {
    departures.putIfAbsent(departure, "");
    return this;
  }

  private void departure(Departure departure, String attribute) {
    departures.merge(
        departure,
        attribute,
        (names, name) -> List.of(names.split(", ")).contains(name) ? names : names + ", " + name);
  }

  /** Returns whether this element holds the pixels. The header ends before it. */
  public static boolean isPixels(int tag) {
    return tag == Tag.PIXEL_DATA || tag == Tag.FLOAT_PIXEL_DATA || tag == Tag.DOUBLE_PIXEL_DATA;
  }

  /**
   * Takes the next element of the data set's top level. Its value is read only if the header has
   * it.
   *
   * @throws DicomDefectException the defect of the value, or BAD_HEADER
   */
  public void take(ElementValue element) throws DicomDefectException {
    switch (element.tag()) {
      case Tag.SOP_CLASS -> sopClassUid = orElse(element.text(), sopClassUid);
      case Tag.SOP_INSTANCE -> sopInstanceUid = orElse(element.text(), sopInstanceUid);
      case Tag.MODALITY -> header.modality(element.text());
      case Tag.MANUFACTURER -> header.manufacturer(element.text());
      case Tag.MODEL -> header.model(element.text());
      case Tag.PATIENT_ID -> header.patientId(element.text());
      case Tag.SLICE_THICKNESS -> header.sliceThicknessMm(decimal(element, "SliceThickness"));
      case Tag.GANTRY_TILT -> header.gantryTiltDegrees(decimal(element, "GantryDetectorTilt"));
      case Tag.STUDY_INSTANCE -> header.studyInstanceUid(element.text());
      case Tag.SERIES_INSTANCE -> header.seriesInstanceUid(element.text());
      case Tag.INSTANCE_NUMBER -> header.instanceNumber(integer(element, "InstanceNumber"));
      case Tag.IMAGE_POSITION -> header.imagePositionMm(vector(element, 3, "ImagePositionPatient"));
      case Tag.IMAGE_ORIENTATION ->
          header.imageOrientation(vector(element, 6, "ImageOrientationPatient"));
      case Tag.PIXEL_SPACING -> header.pixelSpacingMm(pair(element, "PixelSpacing"));
      case Tag.PIXEL_ASPECT_RATIO -> header.pixelAspectRatio(pair(element, "PixelAspectRatio"));
      case Tag.SAMPLES_PER_PIXEL -> samplesPerPixel = element.unsignedShortValue();
      case Tag.PHOTOMETRIC_INTERPRETATION -> header.photometricInterpretation(element.text());
      case Tag.NUMBER_OF_FRAMES -> frames = numberOfFrames(element);
      case Tag.ROWS -> rows = element.unsignedShortValue();
      case Tag.COLUMNS -> columns = element.unsignedShortValue();
      case Tag.BITS_ALLOCATED -> bitsAllocated = element.unsignedShortValue();
      case Tag.BITS_STORED -> bitsStored = element.unsignedShortValue();
      case Tag.HIGH_BIT -> highBit = element.unsignedShortValue();
      case Tag.PIXEL_REPRESENTATION -> pixelRepresentation = element.unsignedShortValue();
      case Tag.PIXEL_PADDING_VALUE -> padding = element.unsignedShortValue();
      case Tag.PIXEL_PADDING_RANGE_LIMIT -> paddingLimit = element.unsignedShortValue();
      case Tag.WINDOW_CENTER -> header.windowCenters(decimals(element, "WindowCenter"));
      case Tag.WINDOW_WIDTH -> header.windowWidths(decimals(element, "WindowWidth"));
      case Tag.RESCALE_INTERCEPT -> header.rescaleIntercept(rescale(element, "RescaleIntercept"));
      case Tag.RESCALE_SLOPE -> header.rescaleSlope(slope(element));
      default -> takeDescription(element);
    }
  }

  /** Takes an element that describes the image. No rule about its pixels depends on it. */
  private void takeDescription(ElementValue element) throws DicomDefectException {
    switch (element.tag()) {
      case Tag.IMAGE_TYPE -> acquisition = acquisition.withImageType(description(element));
      case Tag.SERIES_DESCRIPTION ->
          acquisition = acquisition.withSeriesDescription(description(element));
      case Tag.CONTRAST_AGENT -> acquisition = acquisition.withContrastAgent(description(element));
      case Tag.CONVOLUTION_KERNEL ->
          acquisition = acquisition.withConvolutionKernel(description(element));
      case Tag.SERIES_NUMBER ->
          acquisition =
              acquisition.withNumbers(
                  Values.integer(description(element)), acquisition.acquisitionNumber());
      case Tag.ACQUISITION_NUMBER ->
          acquisition =
              acquisition.withNumbers(
                  acquisition.seriesNumber(), Values.integer(description(element)));
      case Tag.SLICE_LOCATION ->
          acquisition = acquisition.withSliceLocationMm(Values.decimal(description(element)));
      default -> {}
    }
  }

  /** Returns a text, blank if it is too long. A useless description must not cost an image. */
  private static String description(ElementValue element) throws DicomDefectException {
    try {
      return element.text();
    } catch (DicomDefectException e) {
      if (e.defect() == DicomDefect.LIMIT_EXCEEDED) {
        return "";
      }
      throw e;
    }
  }

  /**
   * Returns the header after all elements before the pixels were taken.
   *
   * @param pixelTag the tag of the pixels, or 0 if the data set ended before
   * @throws DicomDefectException BAD_HEADER or LIMIT_EXCEEDED
   */
  public DicomHeader finish(int pixelTag) throws DicomDefectException {
    header.sopClassUid(sopClassUid).sopInstanceUid(sopInstanceUid).acquisition(acquisition);
    if (isPixels(pixelTag) || rows != ABSENT) {
      try {
        describeImage();
      } catch (DicomDefectException e) {
        // Images of other kinds may lack what a CT image must have (a float map has no BitsStored).
        throw e.in(header.departures(departures).build());
      }
    }
    return header.departures(departures).build();
  }

  /** Checks and sets the image pixel module (PS3.3 section C.7.6.3). */
  private void describeImage() throws DicomDefectException {
    require(rows > 0, "Rows", rows);
    require(columns > 0, "Columns", columns);
    require(bitsAllocated > 0 && bitsAllocated <= 64, "BitsAllocated", bitsAllocated);
    require(bitsStored > 0 && bitsStored <= bitsAllocated, "BitsStored", bitsStored);
    int top = highBit == ABSENT ? bitsStored - 1 : highBit;
    if (top != bitsStored - 1) {
      departure(Departure.HIGH_BIT);
    }
    require(
        pixelRepresentation == 0 || pixelRepresentation == 1,
        "PixelRepresentation",
        pixelRepresentation);
    int samples = samplesPerPixel == ABSENT ? 1 : samplesPerPixel;
    require(samples > 0, "SamplesPerPixel", samples);
    limit("Rows x Columns", (long) rows * columns, limits.maxFramePixels());
    limit("NumberOfFrames", frames, limits.maxFrames());
    boolean signed = pixelRepresentation == 1;
    header
        .rows(rows)
        .columns(columns)
        .bitsAllocated(bitsAllocated)
        .bitsStored(bitsStored)
        .highBit(top)
        .signed(signed)
        .samplesPerPixel(samples)
        .frames(frames);
    if (padding != ABSENT) {
      header.pixelPaddingValue(signed ? (int) (short) padding : padding);
    }
    if (paddingLimit != ABSENT) {
      header.pixelPaddingRangeLimit(signed ? (int) (short) paddingLimit : paddingLimit);
    }
  }

  /** Returns the text of a number, with points for decimal commas. */
  private String number(ElementValue element, String name) throws DicomDefectException {
    String written = element.text();
    String text = Values.withPoints(written);
    if (!text.equals(written)) {
      departure(Departure.DECIMAL_COMMA, name);
    }
    return text;
  }

  /** Notes a text that is neither blank nor of use. */
  private <T> @Nullable T orUnusable(@Nullable T value, String text, String name) {
    if (value == null && !text.isEmpty()) {
      departure(Departure.UNUSABLE_NUMBER, name);
    }
    return value;
  }

  private @Nullable Double decimal(ElementValue element, String name) throws DicomDefectException {
    String text = number(element, name);
    return orUnusable(Values.decimal(text), text, name);
  }

  private @Nullable Integer integer(ElementValue element, String name) throws DicomDefectException {
    String text = number(element, name);
    return orUnusable(Values.integer(text), text, name);
  }

  private List<Double> decimals(ElementValue element, String name) throws DicomDefectException {
    String text = number(element, name);
    List<Double> numbers = Values.decimals(text);
    orUnusable(numbers.isEmpty() ? null : numbers, text, name);
    return numbers;
  }

  private double @Nullable [] vector(ElementValue element, int count, String name)
      throws DicomDefectException {
    String text = number(element, name);
    return orUnusable(Values.vector(text, count), text, name);
  }

  /** Returns two positive numbers, or null. */
  private double @Nullable [] pair(ElementValue element, String name) throws DicomDefectException {
    String text = number(element, name);
    double[] pair = Values.vector(text, 2);
    return orUnusable(pair != null && pair[0] > 0 && pair[1] > 0 ? pair : null, text, name);
  }

  /** Returns the number of frames. Every image has one, so a number that is none counts as 1. */
  private int numberOfFrames(ElementValue element) throws DicomDefectException {
    Integer count = Values.integer(number(element, "NumberOfFrames"));
    if (count == null || count < 1) {
      departure(Departure.FRAME_COUNT);
      return 1;
    }
    return count;
  }

  /**
   * Returns a rescale value, null if blank. A malformed value is an error, because the defaults of
   * 1 and 0 would silently give wrong HU.
   */
  private @Nullable Double rescale(ElementValue element, String name) throws DicomDefectException {
    if (Values.isAmbiguous(element.text())) {
      throw bad(name + " has a comma that may separate decimals or thousands");
    }
    String text = number(element, name);
    Double value = Values.decimal(text);
    if (value == null && !text.isEmpty()) {
      throw bad(name + " " + Tag.text(element.tag()) + " is not a finite number");
    }
    return value;
  }

  private @Nullable Double slope(ElementValue element) throws DicomDefectException {
    Double value = rescale(element, "RescaleSlope");
    if (value != null && value == 0) {
      throw bad("RescaleSlope is zero");
    }
    return value;
  }

  private static String orElse(String value, String other) {
    return value.isEmpty() ? other : value;
  }

  private static void require(boolean holds, String name, int value) throws DicomDefectException {
    if (!holds) {
      throw bad(value == ABSENT ? name + " is absent or cut" : name + " must not be " + value);
    }
  }

  private static void limit(String name, long value, int most) throws DicomDefectException {
    if (value > most) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED, name + " is " + value + ", above " + most);
    }
  }

  private static DicomDefectException bad(String message) {
    return new DicomDefectException(DicomDefect.BAD_HEADER, message);
  }
}
