package org.headct.ich.domain.dicom.builtin;

/** The tags that the reader uses (PS3.6 section 6), with the group in the upper sixteen bits. */
public final class Tag {
  static final int MEDIA_SOP_CLASS = 0x0002_0002;
  static final int MEDIA_SOP_INSTANCE = 0x0002_0003;
  static final int TRANSFER_SYNTAX = 0x0002_0010;
  static final int IMPLEMENTATION = 0x0002_0013;
  public static final int IMAGE_TYPE = 0x0008_0008;
  static final int SOP_CLASS = 0x0008_0016;
  static final int SOP_INSTANCE = 0x0008_0018;
  public static final int MODALITY = 0x0008_0060;
  static final int MANUFACTURER = 0x0008_0070;
  public static final int SERIES_DESCRIPTION = 0x0008_103E;
  static final int MODEL = 0x0008_1090;
  public static final int PATIENT_ID = 0x0010_0020;
  public static final int CONTRAST_AGENT = 0x0018_0010;
  public static final int SLICE_THICKNESS = 0x0018_0050;
  public static final int GANTRY_TILT = 0x0018_1120;
  public static final int CONVOLUTION_KERNEL = 0x0018_1210;
  static final int STUDY_INSTANCE = 0x0020_000D;
  static final int SERIES_INSTANCE = 0x0020_000E;
  public static final int SERIES_NUMBER = 0x0020_0011;
  public static final int ACQUISITION_NUMBER = 0x0020_0012;
  public static final int INSTANCE_NUMBER = 0x0020_0013;
  public static final int IMAGE_POSITION = 0x0020_0032;
  public static final int IMAGE_ORIENTATION = 0x0020_0037;
  public static final int SLICE_LOCATION = 0x0020_1041;
  static final int SAMPLES_PER_PIXEL = 0x0028_0002;
  static final int PHOTOMETRIC_INTERPRETATION = 0x0028_0004;
  public static final int NUMBER_OF_FRAMES = 0x0028_0008;
  public static final int ROWS = 0x0028_0010;
  public static final int COLUMNS = 0x0028_0011;
  public static final int PIXEL_SPACING = 0x0028_0030;
  public static final int PIXEL_ASPECT_RATIO = 0x0028_0034;
  public static final int BITS_ALLOCATED = 0x0028_0100;
  public static final int BITS_STORED = 0x0028_0101;
  public static final int HIGH_BIT = 0x0028_0102;
  public static final int PIXEL_REPRESENTATION = 0x0028_0103;
  public static final int PIXEL_PADDING_VALUE = 0x0028_0120;
  public static final int PIXEL_PADDING_RANGE_LIMIT = 0x0028_0121;
  public static final int WINDOW_CENTER = 0x0028_1050;
  public static final int WINDOW_WIDTH = 0x0028_1051;
  public static final int RESCALE_INTERCEPT = 0x0028_1052;
  public static final int RESCALE_SLOPE = 0x0028_1053;
  static final int FLOAT_PIXEL_DATA = 0x7FE0_0008;
  static final int DOUBLE_PIXEL_DATA = 0x7FE0_0009;
  static final int PIXEL_DATA = 0x7FE0_0010;
  static final int ITEM = 0xFFFE_E000;
  static final int ITEM_DELIMITER = 0xFFFE_E00D;
  static final int SEQUENCE_DELIMITER = 0xFFFE_E0DD;

  private Tag() {}

  static String text(int tag) {
    return String.format("(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
  }

  /**
   * Returns whether the tag may be letters of a value, read as a tag after a wrong length. Messages
   * must not repeat such letters. The groups that are read have a zero byte; text has none.
   */
  static boolean isText(int tag) {
    return tag >>> 24 != 0 && tag != PIXEL_DATA;
  }
}
