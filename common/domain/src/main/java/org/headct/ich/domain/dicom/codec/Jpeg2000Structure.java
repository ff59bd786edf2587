package org.headct.ich.domain.dicom.codec;

import org.headct.ich.domain.dicom.DicomDefectException;

/**
 * Check of the structure of a JPEG 2000 code stream (ISO/IEC 15444-1 Annex A) before it is decoded.
 * The decoder is not made for damaged input: bits that the standard forbids send its packet reader
 * into an endless loop. This is the accepted structure:
 *
 * <pre>
 * main header   FF4F, then segments FFxx, length (2, itself included), content; up to FF90
 * tile-part     FF90, 10 (2), tile (2), length from FF90 on or 0 for "the rest" (4), part, parts
 *               segments as above, up to FF93
 *               packets: no FF followed by more than 8F, except FF91 and FF92
 * end           FFD9
 * </pre>
 *
 * Packet headers outside the packets (PPM, PPT) are refused as well. They do not occur in DICOM,
 * and the decoder does not notice their end.
 */
final class Jpeg2000Structure {
  private static final int START_OF_TILE_PART = 0xFF90;
  private static final int START_OF_PACKET = 0xFF91;
  private static final int END_OF_PACKET_HEADER = 0xFF92;
  private static final int START_OF_DATA = 0xFF93;
  private static final int END_OF_CODE_STREAM = 0xFFD9;
  private static final int PACKED_HEADERS_MAIN = 0xFF60;
  private static final int PACKED_HEADERS_TILE = 0xFF61;
  private static final int CODING_STYLE = 0xFF52;
  private static final int COMPONENT_STYLE = 0xFF53;
  private static final int MAX_LAYERS = 1024;

  private final Span stream;

  /** The largest number of layers in any coding style so far. */
  private int layers = 1;

  private Jpeg2000Structure(Span stream) {
    this.stream = stream;
  }

  /**
   * Checks a stream whose size segment was checked before.
   *
   * @throws DicomDefectException CODEC_ERROR if the structure is damaged
   */
  static void check(Span stream) throws DicomDefectException {
    Jpeg2000Structure structure = new Jpeg2000Structure(stream);
    int at = structure.segments(2, START_OF_TILE_PART);
    while (stream.big16(at) == START_OF_TILE_PART) {
      at = structure.tilePart(at);
    }
    // A missing end marker is common, and harmless if the last tile-part is complete.
    if (at < stream.length() && stream.big16(at) != END_OF_CODE_STREAM) {
      throw damaged("neither a tile-part nor the end marker", at);
    }
  }

  /** Steps over segments and returns the index of the marker that ends them. */
  private int segments(int from, int last) throws DicomDefectException {
    int at = from;
    int marker = stream.big16(at);
    while (marker != last) {
      int length = stream.big16(at + 2);
      if (marker < 0xFF30 || length < 2 || length > stream.length() - at - 2) {
        throw damaged("a damaged segment", at);
      }
      if (marker == PACKED_HEADERS_MAIN || marker == PACKED_HEADERS_TILE) {
        throw damaged("unsupported packed packet headers (PPM, PPT)", at);
      }
      if (marker == CODING_STYLE) {
        layers = Math.max(layers, stream.big16(at + 6));
        parts(at + 9, stream.at(at + 4), at);
      } else if (marker == COMPONENT_STYLE) {
        parts(at + 6, stream.at(at + 5), at);
      }
      at += 2 + length;
      marker = stream.big16(at);
    }
    return at;
  }

  /**
   * Checks the coding style at {@code style}. The first bit of {@code flags} says that precincts
   * are given.
   */
  private void parts(int style, int flags, int at) throws DicomDefectException {
    if (layers > MAX_LAYERS) {
      throw damaged("more than " + MAX_LAYERS + " layers", at);
    }
    if (!Jpeg2000Parts.fits(stream, style, (flags & 1) != 0, layers)) {
      throw damaged("more precincts and code blocks than the memory bound allows", at);
    }
  }

  /** Checks the tile-part at {@code start} and returns the index after it. */
  private int tilePart(int start) throws DicomDefectException {
    if (stream.big16(start + 2) != 10) {
      throw damaged("a damaged tile-part", start);
    }
    long length = stream.big32(start + 6);
    int data = segments(start + 12, START_OF_DATA) + 2;
    long end = length == 0 ? endOfRest(data) : start + length;
    if (end < data || end > stream.length()) {
      throw damaged("a tile-part that ends early", start);
    }
    for (int i = data; i < end; i++) {
      if (stream.at(i) == 0xFF && stream.at(i + 1) > 0x8F) {
        int marker = stream.big16(i);
        if (marker != START_OF_PACKET && marker != END_OF_PACKET_HEADER) {
          throw damaged("a marker inside packets", i);
        }
      }
    }
    return (int) end;
  }

  private int endOfRest(int data) {
    int end = stream.length();
    return end - 2 >= data && stream.big16(end - 2) == END_OF_CODE_STREAM ? end - 2 : end;
  }

  private static DicomDefectException damaged(String what, int at) {
    return Codec.misfit("JPEG 2000", what + " at byte " + at);
  }
}
