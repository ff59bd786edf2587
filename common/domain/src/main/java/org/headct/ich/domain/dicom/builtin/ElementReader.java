package org.headct.ich.domain.dicom.builtin;

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

  private final byte[] bytes;
  private final int end;
  private final ElementBytes heads;
  private final int maxNesting;
  private boolean explicit;
  private int position;

  private int tag;
  private int vr;
  private long length;

  /** The end of the last run of zeros. Scanning a run twice would cost quadratic time. */
  private int zerosEnd;

  private boolean metOtherVr;
  private boolean metUnknownVr;

  /** Creates a cursor over bytes that are all there is. */
  ElementReader(byte[] bytes, int position, int end, TransferSyntax syntax, DicomLimits limits) {
    this(bytes, position, end, end, syntax, limits);
  }

  /**
   * Creates a cursor.
   *
   * @param objectEnd the end of the object; beyond {@code end} if the bytes are only its start
   */
  ElementReader(
      byte[] bytes,
      int position,
      int end,
      long objectEnd,
      TransferSyntax syntax,
      DicomLimits limits) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.heads = new ElementBytes(bytes, end, objectEnd, syntax.isBigEndian());
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
    need(8);
    tag = heads.tag(position);
    ElementHead head = ElementHead.IMPLICIT;
    vr = 0;
    if (explicit && tag >>> 16 != 0xFFFE) {
      vr = heads.vr(position);
      head = ElementHead.usual(vr);
      if (!Vr.isKnown(vr) || head == ElementHead.LONG && heads.hasReserved(position)) {
        head = heads.likeliest(position);
        metOtherVr |= head == ElementHead.IMPLICIT;
        metUnknownVr |= head != ElementHead.IMPLICIT;
      }
    }
    need(head.bytes());
    length = heads.length(head, position);
    position += head.bytes();
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
    boolean outerBigEndian = heads.bigEndian();
    // UN of undefined length holds implicit little endian (PS3.5 section 6.2.2 note 2). Some
    // writers put the elements of the data set around it there.
    boolean implicit = !explicit || vr == Vr.UN;
    if (vr == Vr.UN) {
      heads.order(outerBigEndian && heads.isItem(position));
    }
    while (item() != Tag.SEQUENCE_DELIMITER) {
      if (length == UNDEFINED) {
        explicit = !implicit || beginsExplicit();
        skipItem(depth);
      } else {
        position += available();
      }
    }
    explicit = outerExplicit;
    heads.order(outerBigEndian);
  }

  /** Returns whether the first element of an item has a VR though it should not. */
  private boolean beginsExplicit() throws DicomDefectException {
    boolean isExplicit = end - position >= 8 && heads.isUnexpectedlyExplicit(position);
    metOtherVr |= isExplicit;
    return isExplicit;
  }

  private void skipItem(int depth) throws DicomDefectException {
    while (true) {
      if (!next()) {
        throw ElementBytes.truncated("an item has no end");
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
    tag = heads.tag(position);
    length = heads.length(ElementHead.IMPLICIT, position);
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
      throw ElementBytes.truncated(
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
    return available() < 2 ? -1 : heads.unsignedShort(position);
  }

  @Override
  public int tag() {
    return tag;
  }

  int vr() {
    return vr;
  }

  /** Returns whether an element had no VR where it should have one, or had one unexpectedly. */
  boolean metOtherVr() {
    return metOtherVr;
  }

  /** Returns whether an element had a VR that does not exist, or a length of the other size. */
  boolean metUnknownVr() {
    return metUnknownVr;
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

  private void need(int count) throws DicomDefectException {
    if (end - position < count) {
      throw ElementBytes.truncated("the head of the element at byte " + position + " is cut");
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
}
