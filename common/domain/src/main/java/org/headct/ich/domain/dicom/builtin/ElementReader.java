package org.headct.ich.domain.dicom.builtin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;

/**
 * A cursor over the elements of a data set. It works in place and builds no tree. It walks this
 * layout (PS3.10 section 7.1 for the file, PS3.5 sections 7.1 for elements and 7.5 for sequences):
 *
 * <pre>
 * file     offset  length  meaning
 *          0       128     preamble, any bytes (may be missing, with the prefix)
 *          128     4       prefix "DICM"
 *          132     n       file meta group (0002,xxxx), explicit little endian; it ends where
 *                          another group begins; its length (0002,0000) is not used
 *          132+n   ...     data set in the transfer syntax of (0002,0010); deflated as a whole
 *                          if that is 1.2.840.10008.1.2.1.99
 *
 * element  0       2       group
 *          2       2       element number
 *   implicit VR
 *          4       4       length of the value; FFFFFFFF = until the sequence delimiter
 *          8       length  value
 *   explicit VR, of OB OD OF OL OV OW SQ SV UC UN UR UT UV
 *          4       2       VR, two capitals
 *          6       2       reserved
 *          8       4       length, as above
 *          12      length  value
 *   explicit VR, any other
 *          4       2       VR
 *          6       2       length
 *          8       length  value
 *
 * item     0       4       (FFFE,E000) item, (FFFE,E00D) end of item, (FFFE,E0DD) end of sequence;
 *                          never a VR
 *          4       4       length; FFFFFFFF = until the end of item, 0 for both ends
 *
 * PixelData of length FFFFFFFF (encapsulated, PS3.5 section A.4): items that hold bytes, first
 * the basic offset table, then the fragments, up to the sequence delimiter.
 * </pre>
 *
 * Every length is checked against the end of the bytes before it is used.
 */
final class ElementReader implements ElementValue {
  static final long UNDEFINED = 0xFFFF_FFFFL;

  private static final VarHandle SHORT_LE = shorts(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = shorts(ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = ints(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = ints(ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final int maxNesting;
  private boolean bigEndian;
  private boolean explicit;
  private int position;

  private int tag;
  private int vr;
  private long length;

  /** The end of the last run of zeros. Scanning a run twice would cost quadratic time. */
  private int zerosEnd;

  private boolean metWithoutVr;

  ElementReader(byte[] bytes, int position, int end, TransferSyntax syntax, DicomLimits limits) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.bigEndian = syntax.isBigEndian();
    this.explicit = syntax.isExplicit();
    this.maxNesting = limits.maxNesting();
  }

  /**
   * Reads the head of the next element and moves to its value. Returns false at the end of the
   * bytes.
   */
  boolean next() throws DicomDefectException {
    if (position >= end || isTrailingPadding()) {
      return false;
    }
    int start = position;
    need(8);
    tag = (unsignedShort(start) << 16) | unsignedShort(start + 2);
    if (explicit && tag >>> 16 != 0xFFFE) {
      vr = Vr.pack(bytes[start + 4], bytes[start + 5]);
      if (!Vr.isWellFormed(vr)) {
        // An implicit element in an explicit data set: such files exist, and dcmtk reads them so.
        metWithoutVr = true;
        length = int32(start + 4) & UNDEFINED;
        position = start + 8;
      } else if (Vr.hasLongLength(vr)) {
        need(12);
        length = int32(start + 8) & UNDEFINED;
        position = start + 12;
      } else {
        length = unsignedShort(start + 6);
        position = start + 8;
      }
    } else {
      vr = 0;
      length = int32(start + 4) & UNDEFINED;
      position = start + 8;
    }
    return true;
  }

  /** Steps over the value, however deeply it is nested. */
  void skip() throws DicomDefectException {
    if (length == UNDEFINED) {
      skipSequence(1);
    } else {
      position += available();
    }
  }

  private void skipSequence(int depth) throws DicomDefectException {
    if (depth > maxNesting) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED, "sequences nested deeper than " + maxNesting);
    }
    boolean outerExplicit = explicit;
    boolean outerBigEndian = bigEndian;
    if (vr == Vr.UN) {
      // UN of undefined length holds implicit little endian (PS3.5 section 6.2.2 note 2).
      explicit = false;
      bigEndian = false;
    }
    while (item() != Tag.SEQUENCE_DELIMITER) {
      if (length == UNDEFINED) {
        skipItem(depth);
      } else {
        position += available();
      }
    }
    explicit = outerExplicit;
    bigEndian = outerBigEndian;
  }

  private void skipItem(int depth) throws DicomDefectException {
    while (true) {
      if (!next()) {
        throw truncated("an item has no end");
      }
      if (tag == Tag.ITEM_DELIMITER) {
        return;
      }
      if (length == UNDEFINED) {
        skipSequence(depth + 1);
      } else {
        position += available();
      }
    }
  }

  /**
   * Reads an item's head and returns its tag, ITEM or SEQUENCE_DELIMITER. Also sets {@link
   * #length()}.
   */
  int item() throws DicomDefectException {
    need(8);
    tag = (unsignedShort(position) << 16) | unsignedShort(position + 2);
    length = int32(position + 4) & UNDEFINED;
    if (tag != Tag.ITEM && tag != Tag.SEQUENCE_DELIMITER) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "an item is expected at byte " + position);
    }
    position += 8;
    return tag;
  }

  /** Returns the length of the value, checked to lie within the bytes. */
  int available() throws DicomDefectException {
    if (length > end - position) {
      throw truncated(
          Tag.isText(tag)
              ? "the length of an element with a damaged tag exceeds the bytes left"
              : Tag.text(tag)
                  + " has length "
                  + length
                  + ", but "
                  + (end - position)
                  + " bytes are left");
    }
    return (int) length;
  }

  @Override
  public String text() throws DicomDefectException {
    return ElementValue.trimmed(tag, bytes, position, position + available());
  }

  @Override
  public int unsignedShortValue() throws DicomDefectException {
    return available() < 2 ? -1 : unsignedShort(position);
  }

  @Override
  public int tag() {
    return tag;
  }

  int vr() {
    return vr;
  }

  /** Returns whether an element of an explicit data set had no value representation. */
  boolean metWithoutVr() {
    return metWithoutVr;
  }

  long length() {
    return length;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  private int unsignedShort(int at) {
    return (short) (bigEndian ? SHORT_BE : SHORT_LE).get(bytes, at) & 0xFFFF;
  }

  private int int32(int at) {
    return (int) (bigEndian ? INT_BE : INT_LE).get(bytes, at);
  }

  private void need(int count) throws DicomDefectException {
    if (end - position < count) {
      throw truncated("the head of the element at byte " + position + " is cut");
    }
  }

  /**
   * Returns whether only zeros are left. Media that are written in blocks leave zeros after the
   * last element.
   */
  private boolean isTrailingPadding() {
    int at = Math.max(position, zerosEnd);
    while (at < end && bytes[at] == 0) {
      at++;
    }
    zerosEnd = at;
    return at == end;
  }

  private static DicomDefectException truncated(String detail) {
    return new DicomDefectException(DicomDefect.TRUNCATED, "the object ends early: " + detail);
  }

  private static VarHandle shorts(ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(short[].class, order);
  }

  private static VarHandle ints(ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(int[].class, order);
  }
}
