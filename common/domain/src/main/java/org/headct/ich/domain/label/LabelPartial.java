package org.headct.ich.domain.label;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Some of the rows of one image, in a form that combines: {@link #merge} is associative and
 * commutative, so the rows of an image may meet in any order and from any number of tasks.
 *
 * <p>A row is one long: file in bits 48–62, line in bits 8–47, annotation in bits 4–5, subtype in
 * bits 0–3; longs therefore sort by file, then line. The <em>first</em> row of each (subtype,
 * annotation) is kept apart from the <em>extra</em> rows, which repeat one. Of these only the
 * {@value #LOCATED_EXTRAS} first keep their place, the others are counted: a file that repeats one
 * image a million times must not fill the memory. A row that was cut in a part has as many earlier
 * extra rows in that part, so it would be cut from the whole too; hence the order of merging
 * doesn't show.
 */
public final class LabelPartial implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many extra rows of an image are located; beyond it they are counted. */
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
   * One row.
   *
   * @param file index of the file in the run's list of inputs, 0 to {@link #MAX_FILE}
   * @param line line in the file, or any number that orders and locates, 0 to {@link #MAX_LINE}
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

  /** Both parts' rows; neither part changes. */
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

  /** How many rows were gathered, extra ones included. */
  public long rows() {
    return firsts.length + extras.length + cutExtras;
  }

  /** What was seen, as {@link LabelBits}. */
  public int bits() {
    return bits;
  }

  /** First row of each (subtype, annotation), by file and line; the caller must not change it. */
  long[] firsts() {
    return firsts;
  }

  /** The located extra rows, by file and line; the caller must not change it. */
  long[] extras() {
    return extras;
  }

  /** How many extra rows are counted only. */
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
