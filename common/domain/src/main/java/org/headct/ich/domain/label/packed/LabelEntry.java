package org.headct.ich.domain.label.packed;

import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.LabelPartial;
import org.headct.ich.domain.label.Subtype;

/**
 * One row, or six rows that stand together, of one image in one source: a long beside the image's
 * number. Six rows have one row a class, in the order that the source keeps.
 *
 * <pre>
 * bits 48..62  source: a part of a file, numbered in the order of files and of the parts in them
 * bits 14..47  line in the source, from 0; for six rows the first line
 * bit  12      1: six rows
 * bits  0..11  six rows: their {@link Annotation}s, two bits each, the first row lowest
 * bits  2..4   one row: its {@link Subtype}
 * bits  0..1   one row: its {@link Annotation}
 * </pre>
 *
 * <p>Entries therefore sort by source, then line.
 */
final class LabelEntry {
  /** The largest number of a source: 32,767. */
  static final int MAX_SOURCE = LabelPartial.MAX_FILE;

  /** The largest line in a source: about 1.7e10. */
  static final long MAX_LINE = (1L << 34) - 1;

  private static final int SIX = 1 << 12;
  private static final Annotation[] ANNOTATIONS = Annotation.values();

  private LabelEntry() {}

  /** Returns the entry of one row. */
  static long one(int source, long line, int subtype, int annotation) {
    return place(source, line) | (long) subtype << 2 | annotation;
  }

  /**
   * Returns the entry of six rows.
   *
   * @param annotations two bits for each row, the first row lowest
   */
  static long six(int source, long line, int annotations) {
    return place(source, line) | SIX | annotations;
  }

  private static long place(int source, long line) {
    if (source > MAX_SOURCE || line > MAX_LINE) {
      throw new IllegalArgumentException(
          "source must be in [0, %d] and line in [0, %d], got %d and %d"
              .formatted(MAX_SOURCE, MAX_LINE, source, line));
    }
    return (long) source << 48 | line << 14;
  }

  static int source(long entry) {
    return (int) (entry >>> 48);
  }

  static long line(long entry) {
    return entry >>> 14 & MAX_LINE;
  }

  static boolean isSix(long entry) {
    return (entry & SIX) != 0;
  }

  static Subtype subtype(long entry) {
    return Subtype.ALL.get((int) entry >>> 2 & 7);
  }

  static Annotation annotation(long entry) {
    return ANNOTATIONS[(int) entry & 3];
  }

  /** Returns the annotation of the row at {@code place} among six. */
  static Annotation annotation(long entry, int place) {
    return ANNOTATIONS[(int) entry >>> 2 * place & 3];
  }

  /** Returns the twelve bits of six annotations. */
  static int annotations(long entry) {
    return (int) entry & 0xfff;
  }
}
