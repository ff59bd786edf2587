package org.headct.ich.domain.label;

/**
 * The rows of one image as eighteen bits: six for {@code 0}, six for {@code 1} and six for blank,
 * each in the order of {@link Subtype}. Rows combine by bitwise OR.
 *
 * <pre>
 * bits  0..5   the class was seen with value 0
 * bits  6..11  the class was seen with value 1
 * bits 12..17  the class was seen blank
 * </pre>
 */
public final class LabelBits {
  private static final int CLASSES = Subtype.ALL.size();

  /** The answer of the image rules for each set of six labels, by the labels' bits. */
  private static final boolean[] ALLOWED = new boolean[ImageLabels.ALL_BITS + 1];

  static {
    for (int labels = 0; labels < ALLOWED.length; labels++) {
      ALLOWED[labels] = ImageRule.brokenBy(ofLabels(labels)).isEmpty();
    }
  }

  private LabelBits() {}

  /** Returns the bit of one row. */
  public static int of(Subtype subtype, Annotation annotation) {
    return subtype.bit() << CLASSES * annotation.ordinal();
  }

  /** Returns the bits of an image with one row a class, none of them blank. */
  static int ofLabels(int labels) {
    int negative = ImageLabels.ALL_BITS & ~labels;
    return negative << CLASSES * Annotation.NEGATIVE.ordinal()
        | labels << CLASSES * Annotation.POSITIVE.ordinal();
  }

  /** Returns the classes that were seen with this annotation, as a mask of {@link Subtype#bit}. */
  static int with(Annotation annotation, int bits) {
    return bits >>> CLASSES * annotation.ordinal() & ImageLabels.ALL_BITS;
  }

  /**
   * Returns the labels of an image that has no finding, as the bits of {@link ImageLabels}; −1
   * where {@link LabelPivot} has to look. Such an image has six rows, one a class and none blank,
   * and keeps every {@link ImageRule}.
   *
   * @param bits the OR of {@link #of} over the image's rows
   * @param rows the number of the image's rows
   */
  public static int clean(int bits, int rows) {
    int labels = with(Annotation.POSITIVE, bits);
    return rows == CLASSES && bits == ofLabels(labels) && ALLOWED[labels] ? labels : -1;
  }
}
