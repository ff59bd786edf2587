package org.headct.ich.domain.ct;

/** The reason why the audit's ledger lists an object, a series or a label; a closed list. */
public enum SliceReason {
  /** A file that is not a DICOM object. */
  NOT_DICOM,
  /** An object that ends before or within its pixels. */
  TRUNCATED,
  /** Fewer pixel bytes than the header requires. */
  SHORT_PIXEL_DATA,
  /** A header with impossible values. */
  BAD_HEADER,
  /** An object beyond the limits that protect an executor. */
  LIMIT_EXCEEDED,
  /** A transfer syntax that this reader does not decode. */
  UNSUPPORTED_SYNTAX,
  /** A pixel description that this reader does not decode. */
  UNSUPPORTED_PIXELS,
  /** Compressed pixels that do not decompress. */
  CODEC_ERROR,
  /** Another modality, a report, a screen shot. */
  NOT_CT,
  /** A DICOM object without an image. */
  NO_PIXELS,
  /** An archive member whose bytes do not match the archive's directory. */
  DAMAGED_MEMBER,
  /** An image that a list of {@code withdrawals.input} names, or whose patient it names. */
  WITHDRAWN,
  /** An object that shares its image id with an object earlier by name. */
  DUPLICATE_ID,
  /** Equal pixels under two ids; the detail says whether their labels differ. */
  DUPLICATE_PIXELS,
  /** An absent slope, which counts as 1, or an absent intercept, which counts as 0. */
  NO_RESCALE,
  /** An absent position or orientation. */
  NO_GEOMETRY,
  /** A file name and a SOP Instance UID that are different pseudonyms. */
  NAME_MISMATCH,
  /** The RSNA wrap, repaired. */
  SUSPECT_RESCALE,
  /** A missing transfer syntax in the file meta group; it was recognised. */
  REPAIRED_META,
  /** Elements that do not follow the transfer syntax; each was read as it is written. */
  REPAIRED_VR,
  /** Stored -2000 without a padding value, treated as air. */
  REPAIRED_PADDING,
  /** A HighBit that does not fit BitsStored; the values showed where the stored bits lie. */
  REPAIRED_BITS,
  /** A decimal comma, or a NumberOfFrames that is none; the detail says what was taken. */
  REPAIRED_VALUE,
  /** A number that cannot be used and counts as absent. */
  UNUSABLE_VALUE,
  /** Pixels that are not square; tensors are made of square ones. */
  REPAIRED_SPACING,
  /** An absent or impossible pixel spacing; pixels count as square. */
  SUSPECT_SPACING,
  /** HU that no head has, such as those of a rescale applied twice or of swapped bytes. */
  SUSPECT_HU,
  /** A file without labels. */
  UNANNOTATED,
  /** Labels without a file. */
  ORPHAN_LABEL,
  /** Two slices of a series at one position. */
  TIE,
  /** Slices that seem to be missing in a series. */
  GAP,
  /** A slice with the pixels of an earlier slice of its series. */
  DUPLICATE_SLICE,
  /** A series with fewer slices than should be selected. */
  SHORT_SERIES,
  /** A localizer or reformat inside a series, left out of its order. */
  OTHER_ORIENTATION,
  /** A series that was left out, because {@code select.series} took another one of the scan. */
  OTHER_SERIES
}
