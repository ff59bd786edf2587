package org.headct.ich.domain.ct;

import org.headct.ich.domain.error.Explanation;

/**
 * The reason why {@code ich.slice_findings} lists an object, a series or a label; a closed list.
 * Each constant states its meaning, its usual cause and the remedy.
 */
public enum SliceReason {
  NOT_DICOM(
      "A file in an object's place is no DICOM object. It is rejected; the detail names its kind.",
      "An empty or cut download, a web page instead of the file, an archive inside the dump.",
      "Follow the detail: copy the file again, unpack, decompress or decrypt it."),
  OTHER_FILE(
      "A file is no DICOM object by name and by content. It is set aside and counts as no damage.",
      "The viewer and texts that a CD or a PACS export holds.",
      "None needed. To pass over such files, name the folder of the images."),
  TRUNCATED(
      "An object ends inside its header. It is rejected.",
      "An interrupted copy or a full disk.",
      "Copy the file again from its source."),
  SHORT_PIXEL_DATA(
      "An object has fewer pixel bytes than its header requires. It is rejected; pixels are never filled up.",
      "An interrupted copy or a faulty converter.",
      "Copy the file again from its source."),
  BAD_HEADER(
      "The description of the image is missing, malformed or contradicts itself. The object is rejected.",
      "A faulty converter or a damaged file.",
      "Look at the detail; export the object again."),
  LIMIT_EXCEEDED(
      "An object exceeds a limit that protects the process. It is rejected.",
      "A whole-body volume, a damaged length, or a hostile file.",
      "If the object is sound, split it into smaller objects."),
  UNSUPPORTED_SYNTAX(
      "The reader does not decode this transfer syntax. The object is rejected.",
      "A compression such as JPEG-LS.",
      "Convert the object to an uncompressed or JPEG Lossless syntax."),
  UNSUPPORTED_PIXELS(
      "The reader does not decode pixels of this form. The object is rejected.",
      "A colour image, or pixels of 1, 12 packed or 32 bits.",
      "None for colour images. Convert others to 16 bits."),
  CODEC_ERROR(
      "Compressed pixels do not decompress. The object is rejected.",
      "A damaged file.",
      "Copy the file again from its source."),
  NOT_CT(
      "A sound object is no CT image. It is set aside and counts as no damage.",
      "A report, a document, a presentation state, another modality.",
      "None needed."),
  NO_PIXELS(
      "A CT object holds no image. It is rejected.",
      "A header that was exported without its pixels.",
      "Export the object again with its pixels."),
  DAMAGED_MEMBER(
      "A member of an archive, or a compressed file, does not match its checksum or size. It is rejected.",
      "A damaged or cut archive.",
      "Test the archive with unzip -t; copy it again."),
  WITHDRAWN(
      "An image is on a list of withdrawals.input, or its patient is. It is kept out of all tables.",
      "A consent that was withdrawn.",
      "None needed."),
  DUPLICATE_ID(
      "An object shares its image id with an object that comes earlier by name, which is kept. The detail compares pixels, geometry and labels.",
      "A file that lies in the dump twice, or a scanner that repeats UIDs.",
      "Same pixels: none needed. Other pixels: ask the source for unique UIDs."),
  DUPLICATE_PIXELS(
      "Two images with different ids have equal pixels. Both are kept; the detail says if their labels differ.",
      "An image that was anonymised twice.",
      "Check the labels if they differ. The split keeps both on one side."),
  NO_RESCALE(
      "The slope or the intercept is missing. A missing slope counts as 1, a missing intercept as 0.",
      "An anonymiser that dropped the elements, or stored values that are HU.",
      "Compare min_hu of the slice with air, −1000 HU; leave the series out if it is wrong."),
  NO_GEOMETRY(
      "The position or the orientation is missing.",
      "An anonymiser that dropped the elements, or a screenshot.",
      "None needed: other attributes order the series, see NO_ORDER."),
  BLANK_ID(
      "PatientID, StudyInstanceUID or SeriesInstanceUID is empty. The detail says what replaces it.",
      "An anonymiser that emptied the ids.",
      "Give each patient a pseudonym before the audit: the split is only as good as the ids."),
  NAME_MISMATCH(
      "The file's name and its SOP Instance UID are different pseudonyms. The UID counts.",
      "Files that were renamed or mixed up.",
      "Check which of the two the label file uses."),
  SUSPECT_RESCALE(
      "Stored values wrapped at 12 bits; the wrap was undone.",
      "A known fault of some objects of the RSNA dump.",
      "None needed."),
  REPAIRED_META(
      "The file does not name its transfer syntax. It was recognised by the first element.",
      "A data set that was saved without its file meta group.",
      "None needed."),
  REPAIRED_VR(
      "Elements do not follow the transfer syntax. Each was read as it is written.",
      "A faulty converter.",
      "None needed."),
  REPAIRED_PADDING(
      "Stored −2000 without a padding value counts as air.",
      "Scanners that mark the corners of the image so.",
      "None needed."),
  REPAIRED_BITS(
      "HighBit does not fit BitsStored. The values showed where the stored bits lie.",
      "A faulty converter.",
      "None needed; compare min_hu and max_hu if in doubt."),
  REPAIRED_VALUE(
      "A value was written against the standard, such as with a decimal comma. The detail says what was read.",
      "A program with a local number format.",
      "None needed."),
  UNUSABLE_VALUE(
      "A number of the header cannot be used and counts as missing.",
      "A faulty converter.",
      "Look at the detail; export the object again if the value matters."),
  REPAIRED_SPACING(
      "Pixels are not square. The tensor is made from square ones.",
      "A reconstruction with different spacings of rows and columns.",
      "None needed."),
  SUSPECT_SPACING(
      "The pixel spacing is missing or impossible. Pixels count as square.",
      "An anonymiser that dropped the element, or a screenshot.",
      "None needed for square pixels."),
  SUSPECT_HU(
      "The image has HU that no head has.",
      "A rescale that was applied twice, swapped bytes, or a wrong slope or intercept.",
      "Look at the slice and at min_hu; leave the series out or export it again."),
  UNANNOTATED(
      "An image has no labels. It is not used for training.",
      "A label file of another stage, or images that nobody read.",
      "Give the label file that belongs to the dump."),
  ORPHAN_LABEL(
      "Labels name an image that the dump lacks.",
      "An incomplete dump, or ids that the label file spells otherwise.",
      "Complete the dump. If all labels are orphans, see Ids of images in this folder's README."),
  TIE(
      "Two slices of a series have the same position. InstanceNumber orders them.",
      "Two acquisitions or reconstructions in one series.",
      "Look at the series; leave it out if the two differ."),
  GAP(
      "Slices seem to be missing in a series.",
      "An incomplete copy, or a scan with varying distances.",
      "Complete the dump."),
  DUPLICATE_SLICE(
      "A slice has the pixels of an earlier slice of its series. Only the first is selected.",
      "An export that repeated a slice.",
      "None needed."),
  SHORT_SERIES(
      "A series has fewer slices than select.middle-slices.",
      "An incomplete copy, or a localizer.",
      "None needed; its slices are still used."),
  OTHER_ORIENTATION(
      "A slice lies in another plane than most slices of its series. It is left out.",
      "A localizer inside the series.",
      "None needed."),
  NOT_AXIAL(
      "An image is a localizer, reformat, projection, map or screenshot. It is left out.",
      "Derived images that the scanner or PACS sends with the scan.",
      "None needed. To take some kinds on purpose, set select.kinds."),
  NO_ORDER(
      "No attribute orders a series without geometry. None of its slices is selected.",
      "An anonymiser that dropped position, SliceLocation and InstanceNumber.",
      "Export the series again with its geometry."),
  ORDER_CONFLICT(
      "The attributes of a series without geometry order it differently. The detail says which one decided.",
      "A series that was renumbered.",
      "Look at the series; export it again with its geometry."),
  OTHER_SERIES(
      "A series is left out because select.series took another one of the scan.",
      "A scan with thin and thick, or plain and contrast series.",
      "None needed; select.series chooses."),
  UNCLEAR_SERIES(
      "select.series took a series without a sound reason. The detail says why.",
      "Series that differ neither in spacing nor in kernel, contrast or name.",
      "Name the series that you want by dicom.input, or set select.series to all.");

  private final Explanation explanation;

  SliceReason(String meaning, String cause, String remedy) {
    explanation = new Explanation(meaning, cause, remedy);
  }

  /** Returns the explanation for users. */
  public Explanation explanation() {
    return explanation;
  }
}
