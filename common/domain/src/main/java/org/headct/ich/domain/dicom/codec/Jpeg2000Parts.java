package org.headct.ich.domain.dicom.codec;

/**
 * The number of parts into which a JPEG 2000 code stream cuts its image. The decoder creates
 * objects for every tile, precinct and code block before it reads their data. A stream of a hundred
 * bytes can thus ask for gigabytes; such streams are refused. The layout of a coding style (ISO/IEC
 * 15444-1 table A.15):
 *
 * <pre>
 * offset  length  meaning
 * 0       1       levels of decomposition
 * 1       1       width of code blocks, as the exponent of 2 above 2
 * 2       1       height of code blocks, likewise
 * 3       2       style, transform
 * 5       levels + 1, if precincts are given: exponents of 2, height in the upper four bits
 * </pre>
 */
final class Jpeg2000Parts {
  private static final int MAX_LEVELS = 32;
  private static final int MAX_BLOCK_EXPONENT = 8;
  private static final int MAX_PRECINCT_EXPONENT = 15;

  /** The fixed cost of a part, counted in layers. The decoder keeps four ints per layer. */
  private static final int PART_LAYERS = 8;

  /**
   * The highest accepted cost, about 32 MiB. An image of 4096 x 4096 in blocks of 16 x 16 stays
   * below half of it.
   */
  private static final long MAX_COST = 1 << 21;

  private Jpeg2000Parts() {}

  /** Returns whether the parts of the image fit into memory. */
  static boolean fits(Span stream, int style, boolean hasPrecincts, int layers) {
    int levels = stream.at(style);
    int blockWidth = stream.at(style + 1) + 2;
    int blockHeight = stream.at(style + 2) + 2;
    if (levels < 0
        || levels > MAX_LEVELS
        || blockWidth > MAX_BLOCK_EXPONENT + 2
        || blockHeight > MAX_BLOCK_EXPONENT + 2) {
      return false;
    }
    long width = stream.big32(8) - stream.big32(16);
    long height = stream.big32(12) - stream.big32(20);
    long tiles = (width / stream.big32(24) + 2) * (height / stream.big32(28) + 2);
    long parts = 0;
    for (int resolution = 0; resolution <= levels; resolution++) {
      int precinct = hasPrecincts ? stream.at(style + 5 + resolution) : 0xFF;
      if (precinct < 0) {
        return false;
      }
      int precinctWidth = Math.min(precinct & 0xF, MAX_PRECINCT_EXPONENT);
      int precinctHeight = precinct >> 4;
      long columns = width >> (levels - resolution);
      long rows = height >> (levels - resolution);
      // A block is no larger than its precinct. Above the lowest level that size is halved.
      int half = resolution > 0 ? 1 : 0;
      parts += cells(columns, rows, precinctWidth, precinctHeight);
      parts +=
          cells(
              columns,
              rows,
              Math.min(blockWidth, Math.max(0, precinctWidth - half)),
              Math.min(blockHeight, Math.max(0, precinctHeight - half)));
    }
    // Every tile has at least one precinct with its blocks on every level.
    parts += tiles * (4L * levels + 2);
    return parts * (PART_LAYERS + layers) <= MAX_COST;
  }

  private static long cells(long columns, long rows, int widthExponent, int heightExponent) {
    return ((columns >> widthExponent) + 1) * ((rows >> heightExponent) + 1);
  }
}
