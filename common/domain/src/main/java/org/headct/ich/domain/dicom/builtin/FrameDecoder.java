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
 * Decoder from the bytes of PixelData to stored values. All readers share it. It never fills in
 * missing values.
 */
public final class FrameDecoder {
  /**
   * The maximum number of pixels in an object per compressed byte. RLE and lossless JPEG cannot
   * reach it. A blank frame of JPEG 2000 can, and an object full of blank frames would cost hours.
   */
  private static final long MAX_PIXELS_PER_BYTE = 256;

  /** The size of a fragment's head. Every frame has at least one fragment (PS3.5 section A.4). */
  private static final long FRAGMENT_HEAD_BYTES = 8;

  private FrameDecoder() {}

  /**
   * Checks that frames with this header can be decoded. It runs again before any pixel is decoded,
   * because code can also build a header by hand.
   *
   * @throws DicomDefectException UNSUPPORTED_PIXELS, BAD_HEADER or LIMIT_EXCEEDED
   */
  public static void check(DicomHeader header, DicomLimits limits) throws DicomDefectException {
    if (header.samplesPerPixel() != 1
        || (header.bitsAllocated() != 8 && header.bitsAllocated() != 16)) {
      throw new DicomDefectException(
          DicomDefect.UNSUPPORTED_PIXELS,
          header.samplesPerPixel()
              + " samples per pixel of "
              + header.bitsAllocated()
              + " bits allocated; only 1 of 8 or 16 is read");
    }
    if (header.rows() < 1
        || header.columns() < 1
        || header.bitsStored() < 1
        || header.bitsStored() > header.bitsAllocated()) {
      throw new DicomDefectException(
          DicomDefect.BAD_HEADER, "Rows, Columns or BitsStored is out of range");
    }
    if ((long) header.rows() * header.columns() > limits.maxFramePixels()) {
      throw new DicomDefectException(
          DicomDefect.LIMIT_EXCEEDED, "Rows x Columns is above " + limits.maxFramePixels());
    }
  }

  /**
   * Checks that the compressed bytes can hold all frames, and that the number of pixels is in
   * proportion to the bytes. One frame of full size is always allowed.
   *
   * @param bytes the number of bytes of PixelData, including the heads of its items
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
          "%d frames have %d pixels but only %d bytes".formatted(header.frames(), pixels, bytes));
    }
  }

  /**
   * Decodes a frame of uncompressed pixels.
   *
   * @param bytes the array that holds PixelData
   * @param offset the index of its first byte
   * @param length the length as written, or -1 if undefined; it may exceed {@code bytes}
   * @param vr the VR as written, two capitals in sixteen bits; 0 if implicit
   * @param header a header that {@link #check} accepted
   * @param frame the 0-based index of the frame
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
   * Checks that an object has all its frames of uncompressed pixels.
   *
   * @param bytes the start of the object, or all of it
   * @param objectBytes the size of the object, or of its inflated data set, in bytes
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
   * Decodes a frame of RLE.
   *
   * @param stream the frame's fragments, joined
   * @param header a header that {@link #check} accepted
   * @throws DicomDefectException CODEC_ERROR
   */
  public static StoredPixels fromRle(byte[] stream, DicomHeader header)
      throws DicomDefectException {
    Span span = new Span(stream, 0, stream.length);
    int cells = header.rows() * header.columns();
    return stored(RleDecoder.decode(span, cells, header.bitsAllocated() / 8), header);
  }

  /** Wraps the cells, masked and sign-extended in place. */
  static StoredPixels stored(short[] cells, DicomHeader header) {
    StoredBits.extract(cells, header);
    return new StoredPixels(header.rows(), header.columns(), header.signed(), cells);
  }

  /** Returns the defect for a transfer syntax whose pixels a reader does not decode. */
  public static DicomDefectException unsupported(String transferSyntaxUid) {
    return new DicomDefectException(
        DicomDefect.UNSUPPORTED_SYNTAX, "transfer syntax " + PublicTerms.uid(transferSyntaxUid));
  }

  /** Returns the defect for a compressed transfer syntax whose PixelData is not in fragments. */
  public static DicomDefectException notEncapsulated() {
    return new DicomDefectException(
        DicomDefect.BAD_HEADER, "PixelData of a compressed transfer syntax is not encapsulated");
  }
}
