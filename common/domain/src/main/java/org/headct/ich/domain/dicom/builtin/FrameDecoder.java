package org.headct.ich.domain.dicom.builtin;

import java.nio.ByteOrder;
import org.headct.ich.domain.dicom.DicomDefect;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.PublicTerms;
import org.headct.ich.domain.dicom.StoredPixels;
import org.headct.ich.domain.dicom.codec.RleDecoder;
import org.headct.ich.domain.dicom.codec.Span;

/**
 * From the bytes of PixelData to stored values: the part that every reader shares, whoever found
 * the bytes. Nothing is ever filled in for what is missing.
 */
public final class FrameDecoder {
  /**
   * Pixels of a whole object for each of its compressed bytes. RLE and lossless JPEG can not reach
   * this; a blank frame of JPEG 2000 can, and an object of nothing else would cost hours.
   */
  private static final long MAX_PIXELS_PER_BYTE = 256;

  /** Every frame has a fragment of its own, and that has a head (PS3.5 section A.4). */
  private static final long FRAGMENT_HEAD_BYTES = 8;

  private FrameDecoder() {}

  /**
   * Whether frames of this header can be decoded at all; asked again before any pixel is touched,
   * for a header may have been made by hand.
   *
   * @throws DicomDefectException UNSUPPORTED_PIXELS, BAD_HEADER or LIMIT_EXCEEDED
   */
  public static void check(DicomHeader header, DicomLimits limits) throws DicomDefectException {
    if (header.samplesPerPixel() != 1
        || (header.bitsAllocated() != 8 && header.bitsAllocated() != 16)) {
      throw new DicomDefectException(
          DicomDefect.UNSUPPORTED_PIXELS,
          header.samplesPerPixel() + " samples of " + header.bitsAllocated() + " bits allocated");
    }
    if (header.rows() < 1
        || header.columns() < 1
        || header.bitsStored() < 1
        || header.highBit() < header.bitsStored() - 1
        || header.highBit() >= header.bitsAllocated()) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "the header describes no image of this object");
    }
    if ((long) header.rows() * header.columns() > limits.maxFramePixels()) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED, "Rows x Columns above " + limits.maxFramePixels());
    }
  }

  /**
   * Whether compressed bytes can hold the frames at all, and what these together come to is in
   * proportion to them, one full frame apart.
   *
   * @param bytes of PixelData, with the heads of its items
   * @throws DicomDefectException SHORT_PIXEL_DATA or LIMIT_EXCEEDED
   */
  public static void checkExpansion(DicomHeader header, long bytes, DicomLimits limits)
      throws DicomDefectException {
    if (bytes < header.frames() * FRAGMENT_HEAD_BYTES) {
      throw new DicomDefectException(
          DicomDefect.SHORT_PIXEL_DATA,
          "encapsulated PixelData has %d bytes for %d frames".formatted(bytes, header.frames()));
    }
    long pixels = (long) header.rows() * header.columns() * header.frames();
    if (pixels - limits.maxFramePixels() > MAX_PIXELS_PER_BYTE * bytes) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED,
          header.frames() + " frames of " + pixels + " pixels out of " + bytes + " bytes");
    }
  }

  /**
   * A frame of pixels that are not compressed.
   *
   * @param bytes that hold PixelData
   * @param offset of its first byte
   * @param length as written, or -1 where undefined; need not fit into {@code bytes}
   * @param vr as written, two capitals in sixteen bits; 0 where implicit
   * @param header that {@link #check} let pass
   * @param frame 0-based
   * @throws DicomDefectException SHORT_PIXEL_DATA, or BAD_HEADER if encapsulated
   */
  public static StoredPixels fromNative(
      byte[] bytes, int offset, long length, int vr, ByteOrder order, DicomHeader header, int frame)
      throws DicomDefectException {
    PixelElement pixels = pixels(bytes, offset, length, vr, bytes.length);
    NativePixels.check(pixels, header, order);
    return stored(NativePixels.decode(pixels, header, frame, order, new short[0]), header);
  }

  /**
   * Whether an object has all its frames, of pixels that are not compressed.
   *
   * @param bytes the start of the object, or all
   * @param objectBytes of the object, or of the data set that was inflated
   * @throws DicomDefectException SHORT_PIXEL_DATA, or BAD_HEADER if encapsulated
   * @see #fromNative
   */
  public static void checkNative(
      byte[] bytes,
      int offset,
      long length,
      int vr,
      ByteOrder order,
      DicomHeader header,
      long objectBytes)
      throws DicomDefectException {
    NativePixels.check(pixels(bytes, offset, length, vr, objectBytes), header, order);
  }

  private static PixelElement pixels(byte[] bytes, int offset, long length, int vr, long end) {
    return new PixelElement(bytes, offset, length < 0 ? ElementReader.UNDEFINED : length, vr, end);
  }

  /**
   * A frame of RLE.
   *
   * @param stream the frame's fragments, joined
   * @param header that {@link #check} let pass
   * @throws DicomDefectException CODEC_ERROR
   */
  public static StoredPixels fromRle(byte[] stream, DicomHeader header)
      throws DicomDefectException {
    Span span = new Span(stream, 0, stream.length);
    int cells = header.rows() * header.columns();
    return stored(RleDecoder.decode(span, cells, header.bitsAllocated() / 8), header);
  }

  /** Takes the cells over, masked and sign-extended in place. */
  static StoredPixels stored(short[] cells, DicomHeader header) {
    StoredBits.extract(cells, header);
    return new StoredPixels(header.rows(), header.columns(), header.signed(), cells);
  }

  /** The defect of a transfer syntax whose pixels a reader does not decode. */
  public static DicomDefectException unsupported(String transferSyntaxUid) {
    return new DicomDefectException(
        DicomDefect.UNSUPPORTED_SYNTAX, "transfer syntax " + PublicTerms.uid(transferSyntaxUid));
  }

  /** The defect of a compressed transfer syntax whose PixelData is not in fragments. */
  public static DicomDefectException notEncapsulated() {
    return new DicomDefectException(
        DicomDefect.BAD_HEADER, "PixelData of a compressed transfer syntax not encapsulated");
  }
}
