package org.headct.ich.domain.dicom.builtin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;

/**
 * The bytes of a data set as heads of elements. It also finds the form of a head whose VR does not
 * exist. The length may then have 16 or 32 bits, at two places. The right one ends where another
 * element begins: its tag is greater, and its VR exists or is the same odd one.
 *
 * <p>If the bytes are only the start of an object, and the answer needs more of them, methods throw
 * TRUNCATED. So the start never gives another answer than the whole.
 */
final class ElementBytes {
  private static final VarHandle SHORT_LE = shorts(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = shorts(ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_LE = ints(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BE = ints(ByteOrder.BIG_ENDIAN);
  private static final int DELIMITERS = 0xFFFE;

  private final byte[] bytes;
  private final int end;
  private final long objectEnd;
  private boolean bigEndian;

  /**
   * Takes the bytes in place.
   *
   * @param end the end of the bytes
   * @param objectEnd the end of the object; beyond {@code end} if the bytes are only its start
   */
  ElementBytes(byte[] bytes, int end, long objectEnd, boolean bigEndian) {
    this.bytes = bytes;
    this.end = end;
    this.objectEnd = objectEnd;
    this.bigEndian = bigEndian;
  }

  boolean bigEndian() {
    return bigEndian;
  }

  /** Sets the byte order of the heads from here on. */
  void order(boolean isBigEndian) {
    bigEndian = isBigEndian;
  }

  int tag(int at) {
    return (unsignedShort(at) << 16) | unsignedShort(at + 2);
  }

  int vr(int at) {
    return Vr.pack(bytes[at + 4], bytes[at + 5]);
  }

  /** Returns whether the two bytes after the VR, reserved in long heads, are not zero. */
  boolean hasReserved(int at) {
    return (bytes[at + 6] | bytes[at + 7]) != 0;
  }

  long length(ElementHead head, int at) {
    return head.isShort()
        ? unsignedShort(at + head.lengthAt())
        : int32(at + head.lengthAt()) & ElementReader.UNDEFINED;
  }

  int unsignedShort(int at) {
    return (short) (bigEndian ? SHORT_BE : SHORT_LE).get(bytes, at) & 0xFFFF;
  }

  private int int32(int at) {
    return (int) (bigEndian ? INT_BE : INT_LE).get(bytes, at);
  }

  /**
   * Returns the first form of a head that the element after it confirms, or the first candidate if
   * none is confirmed.
   *
   * @param at the element, of which at least 8 bytes are there
   */
  ElementHead likeliest(int at) throws DicomDefectException {
    List<ElementHead> candidates = ElementHead.candidates(vr(at));
    for (ElementHead head : candidates) {
      int value = at + head.bytes();
      if (value > end) {
        requireWithin(at, value);
      } else {
        long length = length(head, at);
        boolean confirmed =
            length == ElementReader.UNDEFINED ? isItem(value) : isNext(at, value + length);
        if (confirmed) {
          return head;
        }
      }
    }
    return candidates.get(0);
  }

  /** Returns whether the head of an item or of a sequence's end is at this place. */
  boolean isItem(int at) throws DicomDefectException {
    if (at + 8 > end) {
      requireWithin(at, at + 8L);
      return false;
    }
    return tag(at) == Tag.ITEM || tag(at) == Tag.SEQUENCE_DELIMITER;
  }

  /** Returns whether another element, padding or the end of the object is at {@code next}. */
  private boolean isNext(int at, long next) throws DicomDefectException {
    if (next == objectEnd) {
      return true;
    }
    if (next + 8 > end) {
      requireWithin(at, next + 8);
      return false;
    }
    int start = (int) next;
    int tag = tag(start);
    if (tag == 0) {
      return int32(start + 4) == 0;
    }
    boolean known = tag >>> 16 == DELIMITERS || Vr.isKnown(vr(start)) || vr(start) == vr(at);
    return known && Integer.compareUnsigned(tag, tag(at)) > 0;
  }

  /**
   * Returns whether the element has a VR though it should be implicit: no element follows if it is
   * read so.
   *
   * @param at the element, of which at least 8 bytes are there
   */
  boolean isUnexpectedlyExplicit(int at) throws DicomDefectException {
    if (tag(at) >>> 16 == DELIMITERS || !Vr.isKnown(vr(at))) {
      return false;
    }
    long next = at + 8L + length(ElementHead.IMPLICIT, at);
    if (next + 8 > end) {
      requireWithin(at, next + 8);
      return true;
    }
    return Integer.compareUnsigned(tag((int) next), tag(at)) <= 0;
  }

  /** Refuses a place that is beyond these bytes but not beyond the object. */
  private void requireWithin(int at, long to) throws DicomDefectException {
    if (to > end && to <= objectEnd) {
      throw truncated("the form of the element at byte " + at + " shows only behind it");
    }
  }

  static DicomDefectException truncated(String detail) {
    return new DicomDefectException(DicomDefect.TRUNCATED, "the object ends early: " + detail);
  }

  private static VarHandle shorts(ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(short[].class, order);
  }

  private static VarHandle ints(ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(int[].class, order);
  }
}
