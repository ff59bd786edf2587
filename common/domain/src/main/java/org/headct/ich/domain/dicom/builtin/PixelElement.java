package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;

/**
 * The location of PixelData.
 *
 * @param bytes the array that holds it
 * @param offset the index of its first byte
 * @param length the length as written, or {@link ElementReader#UNDEFINED} if encapsulated; not yet
 *     checked against the end of the object
 * @param vr the VR as written, 0 if implicit
 * @param end the end of the object; beyond {@code bytes} if they hold only the object's start
 */
@SuppressWarnings("ArrayRecordComponent") // the object itself, in place
record PixelElement(byte[] bytes, int offset, long length, int vr, long end) {

  /**
   * Locates PixelData.
   *
   * @param objectBytes the size of the whole object in bytes; {@code object} may hold only its
   *     start
   */
  static PixelElement locate(Part10 object, long objectBytes, DicomLimits limits)
      throws DicomDefectException {
    long end = object.end(objectBytes);
    ElementReader elements = object.elements(objectBytes, limits);
    while (elements.next()) {
      switch (elements.tag()) {
        case Tag.PIXEL_DATA -> {
          if (object.explicit()
              && !Vr.isWellFormed(elements.vr())
              && elements.length() != ElementReader.UNDEFINED
              && elements.length() > end - elements.position()) {
            // The bytes of a damaged VR were read as a length, so the values begin elsewhere.
            throw new DicomDefectException(
                DicomDefect.BAD_HEADER, "PixelData has no value representation");
          }
          return new PixelElement(
              object.bytes(), elements.position(), elements.length(), elements.vr(), end);
        }
        case Tag.FLOAT_PIXEL_DATA, Tag.DOUBLE_PIXEL_DATA ->
            throw new DicomDefectException(
                DicomDefect.UNSUPPORTED_PIXELS, "floating point pixels are not read");
        default -> elements.skip();
      }
    }
    throw new DicomDefectException(DicomDefect.NO_PIXELS, "the object has no PixelData");
  }

  boolean isEncapsulated() {
    return length == ElementReader.UNDEFINED;
  }

  /**
   * Returns the number of bytes from the first of the value to its end, or to the object's end if
   * that comes first.
   */
  long available() {
    return Math.min(length, rest());
  }

  /** Returns the number of bytes from the first of the value to the object's end. */
  long rest() {
    return end - offset;
  }
}
