package org.headct.ich.domain.dicom.builtin;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;

/**
 * Where PixelData lies.
 *
 * @param bytes that hold it
 * @param offset of its first byte
 * @param length as written, or {@link ElementReader#UNDEFINED} where encapsulated; not yet held
 *     against the end of the object
 * @param vr as written, 0 where implicit
 * @param end where the object ends; beyond {@code bytes} where those are its start alone
 */
@SuppressWarnings("ArrayRecordComponent") // the object itself, in place
record PixelElement(byte[] bytes, int offset, long length, int vr, long end) {

  /**
   * Looks for it.
   *
   * @param objectBytes of the object, of which {@code object} may hold the start alone
   */
  static PixelElement locate(Part10 object, long objectBytes, DicomLimits limits)
      throws DicomDefectException {
    long end =
        object.syntax() == TransferSyntax.DEFLATED
            ? object.bytes().length
            : Math.max(objectBytes, object.bytes().length);
    ElementReader elements = object.elements(limits);
    while (elements.next()) {
      switch (elements.tag()) {
        case Tag.PIXEL_DATA -> {
          if (object.explicit()
              && !Vr.isWellFormed(elements.vr())
              && elements.length() != ElementReader.UNDEFINED
              && elements.length() > end - elements.position()) {
            // A damaged VR, whose bytes were taken for a length: the values begin elsewhere.
            throw new DicomDefectException(
                DicomDefect.BAD_HEADER, "PixelData without a value representation");
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

  /** Bytes from the first of the value to its end or, if that comes first, the object's. */
  long available() {
    return Math.min(length, rest());
  }

  /** Bytes from the first of the value to the object's end. */
  long rest() {
    return end - offset;
  }
}
