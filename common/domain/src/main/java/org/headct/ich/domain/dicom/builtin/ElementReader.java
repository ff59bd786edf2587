package org.headct.ich.domain.dicom.builtin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;

/**
 * A cursor over the elements of a data set, in place and without building a tree. The layout it
 * walks (PS3.10 section 7.1 for the file, PS3.5 section 7.1 for elements and 7.5 for sequences):
 *
 * <pre>
 * file     offset  length  meaning
 *          0       128     preamble, any bytes (may be missing, with the prefix)
 *          128     4       prefix "DICM"
 *          132     n       file meta group (0002,xxxx), explicit little endian; its length is not
 *                          taken from (0002,0000) but ends where another group begins
 *          132+n   ...     data set in the transfer syntax of (0002,0010); deflated as a whole
 *                          where that is 1.2.840.10008.1.2.1.99
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
 * PixelData of length FFFFFFFF (encapsulated, PS3.5 section A.4): items that hold bytes, the first
 * the basic offset table, the others fragments, up to the sequence delimiter.
 * </pre>
 *
 * Every length is held against the end of the bytes before it is used.
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

  /** Where the last run of zeros ended: never scanned twice, or zeros would cost squared time. */
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

  /** Reads the head of the next element and stands on its value; false at the end of the bytes. */
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
        // Written as implicit in an explicit data set: seen in the wild, and what dcmtk does.
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

  /** Steps over the value, however it is nested. */
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
      // PS3.5 section 6.2.2 note 2: UN of undefined length holds implicit little endian.
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
        throw truncated("an item without its end");
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

  /** Reads an item's head; the tag is ITEM or SEQUENCE_DELIMITER and {@link #length()} is set. */
  int item() throws DicomDefectException {
    need(8);
    tag = (unsignedShort(position) << 16) | unsignedShort(position + 2);
    length = int32(position + 4) & UNDEFINED;
    if (tag != Tag.ITEM && tag != Tag.SEQUENCE_DELIMITER) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "no item where one must be, at byte " + position);
    }
    position += 8;
    return tag;
  }

  /** The length of the value, checked to lie within the bytes. */
  int available() throws DicomDefectException {
    if (length > end - position) {
      throw truncated(
          Tag.isText(tag)
              ? "what stands for an element's head asks for more than is left"
              : Tag.text(tag) + " of " + length + " bytes with " + (end - position) + " left");
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

  /** Whether an element of an explicit data set had no value representation. */
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
      throw truncated("an element's head cut at byte " + position);
    }
  }

  /** Media that are written in blocks leave zeros behind the last element. */
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
