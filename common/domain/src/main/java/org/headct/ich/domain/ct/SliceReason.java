package org.headct.ich.domain.ct;

/** Why an object, a series or a label is in the ledger of the audit; a closed list. */
public enum SliceReason {
  /** No DICOM object. */
  NOT_DICOM,
  /** Ends before or beside its pixels. */
  TRUNCATED,
  /** Fewer pixel bytes than its description asks for. */
  SHORT_PIXEL_DATA,
  /** A header that cannot be true. */
  BAD_HEADER,
  /** Beyond the limits that protect an executor. */
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
  /** The archive's bytes are not what its directory says. */
  DAMAGED_MEMBER,
  /** The image or its patient is on a list of {@code withdrawals.input}. */
  WITHDRAWN,
  /** Another object, earlier by name, has the same image id. */
  DUPLICATE_ID,
  /** The same pixels under two ids; the detail says whether their labels differ. */
  DUPLICATE_PIXELS,
  /** Neither slope nor intercept; 1 and 0 were taken. */
  NO_RESCALE,
  /** Position or orientation is absent. */
  NO_GEOMETRY,
  /** The file's name and its SOP Instance UID are different pseudonyms. */
  NAME_MISMATCH,
  /** The RSNA wrap, repaired. */
  SUSPECT_RESCALE,
  /** No file meta group names the transfer syntax; it was recognised. */
  REPAIRED_META,
  /** Elements are not written as the transfer syntax says; each was read as it is written. */
  REPAIRED_VR,
  /** Stored -2000 without a padding value, made air. */
  REPAIRED_PADDING,
  /** A file without labels. */
  UNANNOTATED,
  /** Labels without a file. */
  ORPHAN_LABEL,
  /** Two slices of a series at one position. */
  TIE,
  /** Slices seem to be missing in a series. */
  GAP,
  /** A slice with the pixels of an earlier one of its series. */
  DUPLICATE_SLICE,
  /** A series with fewer slices than are selected of it. */
  SHORT_SERIES,
  /** A localizer or reformat inside a series, left out of its order. */
  OTHER_ORIENTATION,
  /** A series of a scan of which another was taken, by {@code select.series}. */
  OTHER_SERIES
}
