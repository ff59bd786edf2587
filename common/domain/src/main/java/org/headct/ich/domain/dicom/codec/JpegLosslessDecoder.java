package org.headct.ich.domain.dicom.codec;

import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.domain.dicom.DicomHeader;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of JPEG lossless, process 14 with any predictor (ITU-T T.81 Annex H), 2 to 16 bits and
 * one component. The project has its own decoder, because the available Java decoder silently makes
 * up the pixels of a scan that ends early.
 *
 * <pre>
 * segment    content
 * FFD8       start of image
 * FFC4 DHT   per table: class and number (1), counts by length (16), symbols
 * FFC3 SOF3  bits (1), rows (2), columns (2), components (1), per component 3
 * FFDD DRI   pixels between restart markers (2), whole rows
 * FFDA SOS   components (1), component (1), table (1), predictor (1), 0 (1), point transform (1)
 * </pre>
 *
 * In every segment except the first, the length (2, itself included) follows the marker.
 */
public final class JpegLosslessDecoder {
  private static final int LOSSLESS_FRAME = 0xC3;
  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int START_OF_SCAN = 0xDA;
  private static final int RESTART_INTERVAL = 0xDD;
  private static final int COUNTS_BYTES = 16;

  private final Span stream;
  private final DicomHeader header;
  private final @Nullable Span[] tables = new @Nullable Span[4];
  private int precision;
  private int restartRows;

  private JpegLosslessDecoder(Span stream, DicomHeader header) {
    this.stream = stream;
    this.header = header;
  }

  /** Decodes the cells of a frame, not yet masked. */
  public static short[] decode(Span stream, DicomHeader header) throws DicomDefectException {
    return new JpegLosslessDecoder(stream, header).decode();
  }

  private short[] decode() throws DicomDefectException {
    if (stream.big16(0) != 0xFFD8) {
      throw damaged("the start-of-image marker is missing");
    }
    int at = 2;
    while (true) {
      while (stream.big16(at) == 0xFFFF) {
        at++; // fill bytes
      }
      int marker = stream.at(at + 1);
      int length = stream.big16(at + 2);
      if (stream.at(at) != 0xFF || length < 2 || at + 2 + length > stream.length()) {
        throw damaged("the segment at byte " + at + " is damaged");
      }
      Span content = new Span(stream.bytes(), stream.offset() + at + 4, length - 2);
      at += 2 + length;
      switch (marker) {
        case HUFFMAN_TABLES -> tables(content);
        case RESTART_INTERVAL -> restartInterval(content.big16(0));
        case START_OF_SCAN -> {
          return scan(content, at);
        }
        default -> {
          if (isFrame(marker)) {
            frame(marker, content);
          }
        }
      }
    }
  }

  /**
   * Returns whether a marker starts a frame: SOFn are C0 to CF, except DHT (C4), JPG (C8) and DAC
   * (CC).
   */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void tables(Span content) throws DicomDefectException {
    int at = 0;
    while (at < content.length()) {
      int number = content.at(at);
      int size = COUNTS_BYTES;
      for (int i = 1; i <= COUNTS_BYTES; i++) {
        size += content.at(at + i);
      }
      if (number >= tables.length || at + 1 + size > content.length()) {
        throw damaged("the Huffman tables are damaged");
      }
      tables[number] = new Span(content.bytes(), content.offset() + at + 1, size);
      at += 1 + size;
    }
  }

  private void restartInterval(int pixels) throws DicomDefectException {
    if (pixels < 0 || pixels % header.columns() != 0) {
      throw damaged("a restart interval of " + pixels + " pixels is not a number of whole rows");
    }
    restartRows = pixels / header.columns();
  }

  private void frame(int marker, Span content) throws DicomDefectException {
    if (marker != LOSSLESS_FRAME) {
      throw damaged("frame marker " + Integer.toHexString(marker) + " is not lossless (c3)");
    }
    precision = content.at(0);
    int rows = content.big16(1);
    int columns = content.big16(3);
    int components = content.at(5);
    if (rows != header.rows()
        || columns != header.columns()
        || components != 1
        || precision < 2
        || precision > header.bitsAllocated()) {
      throw Codec.misfit(
          "JPEG lossless",
          String.format(
              "%d x %d, %d components of %d bits do not fit the header",
              rows, columns, components, precision));
    }
  }

  private short[] scan(Span content, int data) throws DicomDefectException {
    int number = content.at(2) >> 4;
    int predictor = content.at(3);
    int pointTransform = content.at(5) & 0xF;
    Span table = number >= 0 && number < tables.length ? tables[number] : null;
    if (precision == 0
        || content.length() != 6
        || content.at(0) != 1
        || table == null
        || predictor < 1
        || predictor > 7
        || pointTransform >= precision) {
      throw damaged("the scan header is damaged or not supported");
    }
    JpegHuffman differences = new JpegHuffman(table, stream, data);
    int columns = header.columns();
    int[] above = new int[columns];
    int[] row = new int[columns];
    short[] values = new short[header.rows() * columns];
    for (int y = 0; y < header.rows(); y++) {
      boolean afterRestart = restartRows > 0 && y > 0 && y % restartRows == 0;
      if (afterRestart) {
        differences.restart();
      }
      if (y == 0 || afterRestart) {
        firstRow(differences, row, 1 << (precision - pointTransform - 1));
      } else {
        nextRow(differences, row, above, predictor);
      }
      for (int x = 0; x < columns; x++) {
        values[y * columns + x] = (short) (row[x] << pointTransform);
      }
      int[] free = above;
      above = row;
      row = free;
    }
    return values;
  }

  /**
   * Decodes a row by prediction from the left; the first pixel by the middle of the range (section
   * H.1.2.1).
   */
  private static void firstRow(JpegHuffman differences, int[] row, int middle)
      throws DicomDefectException {
    int left = middle;
    for (int x = 0; x < row.length; x++) {
      left = left + differences.difference() & 0xFFFF;
      row[x] = left;
    }
  }

  private static void nextRow(JpegHuffman differences, int[] row, int[] above, int predictor)
      throws DicomDefectException {
    int left = above[0] + differences.difference() & 0xFFFF;
    row[0] = left;
    for (int x = 1; x < row.length; x++) {
      int predicted = predict(predictor, left, above[x], above[x - 1]);
      left = predicted + differences.difference() & 0xFFFF;
      row[x] = left;
    }
  }

  /** Returns the prediction by table H.1. */
  private static int predict(int predictor, int left, int above, int aboveLeft) {
    return switch (predictor) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> aboveLeft;
      case 4 -> left + above - aboveLeft;
      case 5 -> left + ((above - aboveLeft) >> 1);
      case 6 -> above + ((left - aboveLeft) >> 1);
      default -> (left + above) >> 1;
    };
  }

  static DicomDefectException damaged(String detail) {
    return Codec.misfit("JPEG lossless", detail);
  }
}
