package org.headct.ich.common.dicom;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pipeline reads of an object's header; absent strings are empty. */
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
    double @Nullable [] imagePositionMm,
    double @Nullable [] imageOrientation,
    double @Nullable [] pixelSpacingMm,
    @Nullable Double sliceThicknessMm,
    @Nullable Double gantryTiltDegrees,
    List<Double> windowCenters,
    List<Double> windowWidths,
    String manufacturer,
    String model) {
  public static Builder builder() {
    return new Builder();
  }

  /** Sets what differs from the defaults. */
  public static final class Builder {
    private String transferSyntaxUid = "";
    private String sopClassUid = "";
    private String sopInstanceUid = "";
    private String studyInstanceUid = "";
    private String seriesInstanceUid = "";
    private String patientId = "";
    private String modality = "";
    private @Nullable Integer instanceNumber;
    private int frames = 1;
    private int rows = 0;
    private int columns = 0;
    private int samplesPerPixel = 1;
    private String photometricInterpretation = "MONOCHROME2";
    private int bitsAllocated = 16;
    private int bitsStored = 16;
    private int highBit = 15;
    private boolean signed = false;
    private @Nullable Double rescaleSlope;
    private @Nullable Double rescaleIntercept;
    private @Nullable Integer pixelPaddingValue;
    private double @Nullable [] imagePositionMm;
    private double @Nullable [] imageOrientation;
    private double @Nullable [] pixelSpacingMm;
    private @Nullable Double sliceThicknessMm;
    private @Nullable Double gantryTiltDegrees;
    private List<Double> windowCenters = List.of();
    private List<Double> windowWidths = List.of();
    private String manufacturer = "";
    private String model = "";

    public Builder transferSyntaxUid(String transferSyntaxUid) {
      this.transferSyntaxUid = transferSyntaxUid;
      return this;
    }

    public Builder sopClassUid(String sopClassUid) {
      this.sopClassUid = sopClassUid;
      return this;
    }

    public Builder sopInstanceUid(String sopInstanceUid) {
      this.sopInstanceUid = sopInstanceUid;
      return this;
    }

    public Builder studyInstanceUid(String studyInstanceUid) {
      this.studyInstanceUid = studyInstanceUid;
      return this;
    }

    public Builder seriesInstanceUid(String seriesInstanceUid) {
      this.seriesInstanceUid = seriesInstanceUid;
      return this;
    }

    public Builder patientId(String patientId) {
      this.patientId = patientId;
      return this;
    }

    public Builder modality(String modality) {
      this.modality = modality;
      return this;
    }

    public Builder instanceNumber(@Nullable Integer instanceNumber) {
      this.instanceNumber = instanceNumber;
      return this;
    }

    public Builder frames(int frames) {
      this.frames = frames;
      return this;
    }

    public Builder rows(int rows) {
      this.rows = rows;
      return this;
    }

    public Builder columns(int columns) {
      this.columns = columns;
      return this;
    }

    public Builder samplesPerPixel(int samplesPerPixel) {
      this.samplesPerPixel = samplesPerPixel;
      return this;
    }

    public Builder photometricInterpretation(String photometricInterpretation) {
      this.photometricInterpretation = photometricInterpretation;
      return this;
    }

    public Builder bitsAllocated(int bitsAllocated) {
      this.bitsAllocated = bitsAllocated;
      return this;
    }

    public Builder bitsStored(int bitsStored) {
      this.bitsStored = bitsStored;
      return this;
    }

    public Builder highBit(int highBit) {
      this.highBit = highBit;
      return this;
    }

    public Builder signed(boolean signed) {
      this.signed = signed;
      return this;
    }

    public Builder rescaleSlope(@Nullable Double rescaleSlope) {
      this.rescaleSlope = rescaleSlope;
      return this;
    }

    public Builder rescaleIntercept(@Nullable Double rescaleIntercept) {
      this.rescaleIntercept = rescaleIntercept;
      return this;
    }

    public Builder pixelPaddingValue(@Nullable Integer pixelPaddingValue) {
      this.pixelPaddingValue = pixelPaddingValue;
      return this;
    }

    public Builder imagePositionMm(double @Nullable [] imagePositionMm) {
      this.imagePositionMm = imagePositionMm;
      return this;
    }

    public Builder imageOrientation(double @Nullable [] imageOrientation) {
      this.imageOrientation = imageOrientation;
      return this;
    }

    public Builder pixelSpacingMm(double @Nullable [] pixelSpacingMm) {
      this.pixelSpacingMm = pixelSpacingMm;
      return this;
    }

    public Builder sliceThicknessMm(@Nullable Double sliceThicknessMm) {
      this.sliceThicknessMm = sliceThicknessMm;
      return this;
    }

    public Builder gantryTiltDegrees(@Nullable Double gantryTiltDegrees) {
      this.gantryTiltDegrees = gantryTiltDegrees;
      return this;
    }

    public Builder windowCenters(List<Double> windowCenters) {
      this.windowCenters = windowCenters;
      return this;
    }

    public Builder windowWidths(List<Double> windowWidths) {
      this.windowWidths = windowWidths;
      return this;
    }

    public Builder manufacturer(String manufacturer) {
      this.manufacturer = manufacturer;
      return this;
    }

    public Builder model(String model) {
      this.model = model;
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
          imagePositionMm,
          imageOrientation,
          pixelSpacingMm,
          sliceThicknessMm,
          gantryTiltDegrees,
          windowCenters,
          windowWidths,
          manufacturer,
          model);
    }
  }
}
