package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/** The element at the position of a parser. Its value is read on request. */
public interface ElementValue {

  /** Returns the tag, with the group in the upper sixteen bits. */
  int tag();

  /**
   * Returns the value as text without the padding around it, one byte per character, whatever the
   * character set.
   *
   * @throws DicomDefectException TRUNCATED, or LIMIT_EXCEEDED if the text is longer than 4096 bytes
   */
  String text() throws DicomDefectException;

  /**
   * Returns the first sixteen bits of the value, unsigned, in the data set's byte order; -1 if the
   * value is shorter.
   *
   * @throws DicomDefectException TRUNCATED
   */
  int unsignedShortValue() throws DicomDefectException;

  /**
   * Returns the text of the bytes in [from, to). Implementations of {@link #text()} use it.
   *
   * @throws DicomDefectException LIMIT_EXCEEDED
   */
  static String trimmed(int tag, byte[] bytes, int from, int to) throws DicomDefectException {
    int first = from;
    int end = to;
    while (end > first && isPadding(bytes[end - 1])) {
      end--;
    }
    while (first < end && isPadding(bytes[first])) {
      first++;
    }
    if (end - first > Values.MAX_TEXT_BYTES) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED,
          Tag.text(tag) + " has " + (end - first) + " bytes, above " + Values.MAX_TEXT_BYTES);
    }
    return first == end ? "" : new String(bytes, first, end - first, ISO_8859_1);
  }

  private static boolean isPadding(byte value) {
    return value == ' ' || value == 0;
  }
}
