package org.headct.ich.domain.dicom;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a header. Components that are not set keep the defaults of {@link
 * DicomHeader#builder()}.
 */
public final class DicomHeaderBuilder {
  private String transferSyntaxUid = "";
  private String sopClassUid = "";
  private String sopInstanceUid = "";
  private String studyInstanceUid = "";
  private String seriesInstanceUid = "";
  private String patientId = "";
  private String modality = "";
  private @Nullable Integer instanceNumber;
  private int frames = 1;
  private int rows;
  private int columns;
  private int samplesPerPixel = 1;
  private String photometricInterpretation = "";
  private int bitsAllocated;
  private int bitsStored;
  private int highBit;
  private boolean signed;
  private @Nullable Double rescaleSlope;
  private @Nullable Double rescaleIntercept;
  private @Nullable Integer pixelPaddingValue;
  private @Nullable Integer pixelPaddingRangeLimit;
  private double @Nullable [] imagePositionMm;
  private double @Nullable [] imageOrientation;
  private double @Nullable [] pixelSpacingMm;
  private double @Nullable [] pixelAspectRatio;
  private @Nullable Double sliceThicknessMm;
  private @Nullable Double gantryTiltDegrees;
  private List<Double> windowCenters = List.of();
  private List<Double> windowWidths = List.of();
  private String manufacturer = "";
  private String model = "";
  private String implementation = "";
  private Acquisition acquisition = Acquisition.NONE;
  private Map<Departure, String> departures = Map.of();

  DicomHeaderBuilder() {}

  public DicomHeaderBuilder transferSyntaxUid(String transferSyntaxUid) {
    this.transferSyntaxUid = transferSyntaxUid;
    return this;
  }

  public DicomHeaderBuilder sopClassUid(String sopClassUid) {
    this.sopClassUid = sopClassUid;
    return this;
  }

  public DicomHeaderBuilder sopInstanceUid(String sopInstanceUid) {
    this.sopInstanceUid = sopInstanceUid;
    return this;
  }

  public DicomHeaderBuilder studyInstanceUid(String studyInstanceUid) {
    this.studyInstanceUid = studyInstanceUid;
    return this;
  }

  public DicomHeaderBuilder seriesInstanceUid(String seriesInstanceUid) {
    this.seriesInstanceUid = seriesInstanceUid;
    return this;
  }

  public DicomHeaderBuilder patientId(String patientId) {
    this.patientId = patientId;
    return this;
  }

  public DicomHeaderBuilder modality(String modality) {
    this.modality = modality;
    return this;
  }

  public DicomHeaderBuilder instanceNumber(@Nullable Integer instanceNumber) {
    this.instanceNumber = instanceNumber;
    return this;
  }

  public DicomHeaderBuilder frames(int frames) {
    this.frames = frames;
    return this;
  }

  public DicomHeaderBuilder rows(int rows) {
    this.rows = rows;
    return this;
  }

  public DicomHeaderBuilder columns(int columns) {
    this.columns = columns;
    return this;
  }

  public DicomHeaderBuilder samplesPerPixel(int samplesPerPixel) {
    this.samplesPerPixel = samplesPerPixel;
    return this;
  }

  public DicomHeaderBuilder photometricInterpretation(String photometricInterpretation) {
    this.photometricInterpretation = photometricInterpretation;
    return this;
  }

  public DicomHeaderBuilder bitsAllocated(int bitsAllocated) {
    this.bitsAllocated = bitsAllocated;
    return this;
  }

  public DicomHeaderBuilder bitsStored(int bitsStored) {
    this.bitsStored = bitsStored;
    return this;
  }

  public DicomHeaderBuilder highBit(int highBit) {
    this.highBit = highBit;
    return this;
  }

  public DicomHeaderBuilder signed(boolean signed) {
    this.signed = signed;
    return this;
  }

  public DicomHeaderBuilder rescaleSlope(@Nullable Double rescaleSlope) {
    this.rescaleSlope = rescaleSlope;
    return this;
  }

  public DicomHeaderBuilder rescaleIntercept(@Nullable Double rescaleIntercept) {
    this.rescaleIntercept = rescaleIntercept;
    return this;
  }

  public DicomHeaderBuilder pixelPaddingValue(@Nullable Integer pixelPaddingValue) {
    this.pixelPaddingValue = pixelPaddingValue;
    return this;
  }

  public DicomHeaderBuilder pixelPaddingRangeLimit(@Nullable Integer pixelPaddingRangeLimit) {
    this.pixelPaddingRangeLimit = pixelPaddingRangeLimit;
    return this;
  }

  public DicomHeaderBuilder imagePositionMm(double @Nullable [] imagePositionMm) {
    this.imagePositionMm = imagePositionMm;
    return this;
  }

  public DicomHeaderBuilder imageOrientation(double @Nullable [] imageOrientation) {
    this.imageOrientation = imageOrientation;
    return this;
  }

  public DicomHeaderBuilder pixelSpacingMm(double @Nullable [] pixelSpacingMm) {
    this.pixelSpacingMm = pixelSpacingMm;
    return this;
  }

  public DicomHeaderBuilder pixelAspectRatio(double @Nullable [] pixelAspectRatio) {
    this.pixelAspectRatio = pixelAspectRatio;
    return this;
  }

  public DicomHeaderBuilder sliceThicknessMm(@Nullable Double sliceThicknessMm) {
    this.sliceThicknessMm = sliceThicknessMm;
    return this;
  }

  public DicomHeaderBuilder gantryTiltDegrees(@Nullable Double gantryTiltDegrees) {
    this.gantryTiltDegrees = gantryTiltDegrees;
    return this;
  }

  public DicomHeaderBuilder windowCenters(List<Double> windowCenters) {
    this.windowCenters = windowCenters;
    return this;
  }

  public DicomHeaderBuilder windowWidths(List<Double> windowWidths) {
    this.windowWidths = windowWidths;
    return this;
  }

  public DicomHeaderBuilder manufacturer(String manufacturer) {
    this.manufacturer = manufacturer;
    return this;
  }

  public DicomHeaderBuilder model(String model) {
    this.model = model;
    return this;
  }

  public DicomHeaderBuilder implementation(String implementation) {
    this.implementation = implementation;
    return this;
  }

  public DicomHeaderBuilder acquisition(Acquisition acquisition) {
    this.acquisition = acquisition;
    return this;
  }

  public DicomHeaderBuilder departures(Map<Departure, String> departures) {
    this.departures = departures;
    return this;
  }

  public DicomHeader build() {
    return new DicomHeader(
        transferSyntaxUid,
        sopClassUid,
        sopInstanceUid,
        studyInstanceUid,
        seriesInstanceUid,
        patientId,
        modality,
        instanceNumber,
        frames,
        rows,
        columns,
        samplesPerPixel,
        photometricInterpretation,
        bitsAllocated,
        bitsStored,
        highBit,
        signed,
        rescaleSlope,
        rescaleIntercept,
        pixelPaddingValue,
        pixelPaddingRangeLimit,
        imagePositionMm,
        imageOrientation,
        pixelSpacingMm,
        pixelAspectRatio,
        sliceThicknessMm,
        gantryTiltDegrees,
        windowCenters,
        windowWidths,
        manufacturer,
        model,
        implementation,
        acquisition,
        departures);
  }
}
