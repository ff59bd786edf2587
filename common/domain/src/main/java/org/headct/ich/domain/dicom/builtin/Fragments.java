package org.headct.ich.domain.dicom.builtin;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.codec.Span;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of encapsulated PixelData, and the frames that they make up (PS3.5 section A.4).
 * The first rule that applies assigns fragments to frames:
 *
 * <ol>
 *   <li>There is one frame: it has all fragments.
 *   <li>There are as many fragments as frames: each frame has one.
 *   <li>The basic offset table says where each frame begins.
 *   <li>The marker that begins a code stream begins a frame.
 * </ol>
 */
final class Fragments {
  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_2000_START = 0xFF4F;

  private final byte[] bytes;
  private int[] offsets = new int[4];
  private int[] lengths = new int[4];
  private int count;
  private int tableOffset;
  private int tableLength;

  /** Indexes of the fragments that begin a code stream; null until needed. */
  private int @Nullable [] starts;

  private Fragments(byte[] bytes) {
    this.bytes = bytes;
  }

  static Fragments of(PixelElement pixels, DicomLimits limits) throws DicomDefectException {
    Fragments fragments = new Fragments(pixels.bytes());
    // Every encapsulated syntax is little endian.
    ElementReader items =
        new ElementReader(
            pixels.bytes(),
            pixels.offset(),
            pixels.bytes().length,
            TransferSyntax.EXPLICIT_LITTLE,
            limits);
    try {
      boolean first = true;
      while (items.item() == Tag.ITEM) {
        int length = items.available();
        if (first) {
          fragments.tableOffset = items.position();
          fragments.tableLength = length;
        } else {
          fragments.add(items.position(), length);
        }
        first = false;
        items.skip();
      }
    } catch (DicomDefectException defect) {
      if (defect.defect() == DicomDefect.TRUNCATED) {
        throw new DicomDefectException(
            DicomDefect.SHORT_PIXEL_DATA,
            "encapsulated PixelData ends early, after " + fragments.count + " complete fragments");
      }
      throw defect;
    }
    return fragments;
  }

  private void add(int offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    offsets[count] = offset;
    lengths[count] = length;
    count++;
  }

  /** Returns the bytes of a frame. One fragment is returned in place; several are joined. */
  Span frame(int frame, int frames) throws DicomDefectException {
    if (count < frames) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA, count + " fragments for " + frames + " frames");
    }
    if (frames == 1) {
      return join(0, count);
    }
    if (count == frames) {
      return join(frame, frame + 1);
    }
    if (tableLength == 4L * frames) {
      int from = fragmentAt(tableEntry(frame));
      int to = frame + 1 < frames ? fragmentAt(tableEntry(frame + 1)) : count;
      if (from >= 0 && to > from) {
        return join(from, to);
      }
    }
    return byStartOfStream(frame, frames);
  }

  /**
   * Returns the index of the fragment at an offset, negative if there is none. Offsets count from
   * the first item after the table to the item's head.
   */
  private int fragmentAt(long tableEntry) {
    long offset = tableEntry + offsets[0];
    return offset > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(offsets, 0, count, (int) offset);
  }

  private long tableEntry(int frame) {
    int at = tableOffset + 4 * frame;
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }

  private Span byStartOfStream(int frame, int frames) throws DicomDefectException {
    if (starts == null) {
      starts =
          IntStream.range(0, count)
              .filter(i -> isStart(new Span(bytes, offsets[i], lengths[i]).big16(0)))
              .toArray();
    }
    if (starts.length != frames) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "cannot assign " + count + " fragments to " + frames + " frames");
    }
    return join(starts[frame], frame + 1 < frames ? starts[frame + 1] : count);
  }

  private static boolean isStart(int marker) {
    return marker == JPEG_START || marker == JPEG_2000_START;
  }

  private Span join(int from, int to) {
    if (to - from == 1) {
      return new Span(bytes, offsets[from], lengths[from]);
    }
    int size = 0; // the fragments do not overlap in one array, so their sum fits an int
    for (int i = from; i < to; i++) {
      size += lengths[i];
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (int i = from; i < to; i++) {
      System.arraycopy(bytes, offsets[i], joined, at, lengths[i]);
      at += lengths[i];
    }
    return new Span(joined, 0, size);
  }
}
