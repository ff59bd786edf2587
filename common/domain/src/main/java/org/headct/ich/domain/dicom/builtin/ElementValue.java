package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/** An element as a parser stands on it, its value not yet read. */
public interface ElementValue {

  /** Group in the upper sixteen bits. */
  int tag();

  /**
   * The value as text without the padding around it; one byte a character, whatever the character
   * set.
   *
   * @throws DicomDefectException TRUNCATED, or LIMIT_EXCEEDED for a text that no header has
   */
  String text() throws DicomDefectException;

  /**
   * The first sixteen bits of the value, unsigned, in the byte order of the data set; -1 if it is
   * shorter.
   *
   * @throws DicomDefectException TRUNCATED
   */
  int unsignedShortValue() throws DicomDefectException;

  /**
   * The text of the bytes in [from, to), for implementations of {@link #text()}.
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
          DicomDefect.LIMIT_EXCEEDED, Tag.text(tag) + " of " + (end - first) + " bytes");
    }
    return first == end ? "" : new String(bytes, first, end - first, ISO_8859_1);
  }

  private static boolean isPadding(byte value) {
    return value == ' ' || value == 0;
  }
}
