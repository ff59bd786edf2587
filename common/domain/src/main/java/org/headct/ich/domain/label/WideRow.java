package org.headct.ich.domain.label;

/**
 * A row of the wide form that can be used: six annotations of an image. It stands for {@link #ROWS}
 * rows of the long form, so that the row counts of both forms have the same unit.
 *
 * @param imageId the image's id in the tables
 * @param annotations two bits for each class, at {@code 2 × Subtype.ordinal()}: the ordinal of its
 *     {@link Annotation}
 */
public record WideRow(String imageId, int annotations) {
  /** The number of label rows that a row of the wide form or of CQ500's reads stands for. */
  public static final int ROWS = Subtype.ALL.size();

  private static final Annotation[] VALUES = Annotation.values();

  /** Returns the bits of one class in {@link #annotations}. */
  static int bits(Subtype subtype, Annotation annotation) {
    return annotation.ordinal() << 2 * subtype.ordinal();
  }

  /** Returns the row's value for a class. */
  public Annotation annotation(Subtype subtype) {
    return VALUES[annotations >>> 2 * subtype.ordinal() & 3];
  }
}
