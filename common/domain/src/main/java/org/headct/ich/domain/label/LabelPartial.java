package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A part of the rows of one image, in a form that can be merged. {@link #merge} is associative and
 * commutative, so the rows of an image may come in any order and from any number of tasks.
 *
 * <p>A row is one long: file in bits 48–62, line in bits 8–47, annotation in bits 4–5, subtype in
 * bits 0–3. Longs therefore sort by file, then line.
 *
 * <p>The <em>first</em> row of each (subtype, annotation) is kept separately from the
 * <em>extra</em> rows, which repeat it. Only the first {@value #LOCATED_EXTRAS} extra rows keep
 * their place and the others are counted: a file that repeats one image a million times must not
 * fill the memory. A row that is cut in a part has that many earlier extra rows in the part, so the
 * whole would cut it too. The result therefore does not depend on the order of merging.
 */
public final class LabelPartial implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The number of extra rows of an image that keep their place; the others are counted. */
  public static final int LOCATED_EXTRAS = 64;

  /** The largest index of a file: 32,767. */
  public static final int MAX_FILE = (1 << 15) - 1;

  /** The largest line number: about 1.1e12. */
  public static final long MAX_LINE = (1L << 40) - 1;

  private static final long[] NONE = {};
  private static final Annotation[] ANNOTATIONS = Annotation.values();

  private final int bits;
  private final long[] firsts;
  private final long[] extras;
  private final long cutExtras;

  private LabelPartial(int bits, long[] firsts, long[] extras, long cutExtras) {
    this.bits = bits;
    this.firsts = firsts;
    this.extras = extras;
    this.cutExtras = cutExtras;
  }

  /**
   * Returns a part with one row.
   *
   * @param file the index of the file in the run's list of inputs, 0 to {@link #MAX_FILE}
   * @param line the line in the file, or any number that orders and locates, 0 to {@link #MAX_LINE}
   * @throws IllegalArgumentException if file or line is out of range
   */
  public static LabelPartial of(Subtype subtype, Annotation annotation, int file, long line) {
    if (file < 0 || file > MAX_FILE || line < 0 || line > MAX_LINE) {
      throw new IllegalArgumentException(
          "file must be in [0, %d] and line in [0, %d], got %d and %d"
              .formatted(MAX_FILE, MAX_LINE, file, line));
    }
    long row = (long) file << 48 | line << 8 | annotation.ordinal() << 4 | subtype.ordinal();
    return new LabelPartial(LabelBits.of(subtype, annotation), new long[] {row}, NONE, 0);
  }

  /** Returns both parts' rows; neither part changes. */
  public LabelPartial merge(LabelPartial other) {
    long[] all = sorted(firsts, other.firsts);
    long[] first = new long[all.length];
    long[] repeated = new long[all.length];
    int firstCount = 0;
    int repeatedCount = 0;
    int seen = 0;
    for (long row : all) {
      int bit = LabelBits.of(subtype(row), annotation(row));
      if ((seen & bit) == 0) {
        first[firstCount++] = row;
      } else {
        repeated[repeatedCount++] = row;
      }
      seen |= bit;
    }
    long[] extra = NONE;
    long cut = cutExtras + other.cutExtras;
    if (repeatedCount + extras.length + other.extras.length > 0) {
      extra = sorted(sorted(extras, other.extras), Arrays.copyOf(repeated, repeatedCount));
      cut += Math.max(0, extra.length - LOCATED_EXTRAS);
      extra = Arrays.copyOf(extra, Math.min(extra.length, LOCATED_EXTRAS));
    }
    return new LabelPartial(bits | other.bits, Arrays.copyOf(first, firstCount), extra, cut);
  }

  /** Returns the number of rows, extra ones included. */
  public long rows() {
    return firsts.length + extras.length + cutExtras;
  }

  /** Returns the rows as {@link LabelBits}. */
  public int bits() {
    return bits;
  }

  /**
   * Returns the first row of each (subtype, annotation), by file and line; the caller must not
   * change the array.
   */
  long[] firsts() {
    return firsts;
  }

  /** Returns the located extra rows, by file and line; the caller must not change the array. */
  long[] extras() {
    return extras;
  }

  /** Returns the number of extra rows that are only counted. */
  long cutExtras() {
    return cutExtras;
  }

  static int file(long row) {
    return (int) (row >>> 48);
  }

  static long line(long row) {
    return row >>> 8 & MAX_LINE;
  }

  static Subtype subtype(long row) {
    return Subtype.ALL.get((int) row & 15);
  }

  static Annotation annotation(long row) {
    return ANNOTATIONS[(int) row >>> 4 & 3];
  }

  private static long[] sorted(long[] one, long[] two) {
    long[] all = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, all, one.length, two.length);
    Arrays.sort(all);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelPartial that
        && bits == that.bits
        && cutExtras == that.cutExtras
        && Arrays.equals(firsts, that.firsts)
        && Arrays.equals(extras, that.extras);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(extras) + Long.hashCode(cutExtras);
  }

  @Override
  public String toString() {
    return "LabelPartial[rows=" + rows() + ", bits=" + Integer.toBinaryString(bits) + "]";
  }
}
