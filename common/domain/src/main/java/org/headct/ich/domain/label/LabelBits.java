package org.headct.ich.domain.label;

import java.util.Optional;

/**
 * What was seen of one image, as eighteen bits: six for {@code 0}, six for {@code 1} and six for
 * blank, each in the order of {@link Subtype}. Rows combine by bitwise OR; images that are not
 * {@link #clean} (few) then go through {@link LabelPartial} for their findings.
 *
 * <pre>
 * bits  0..5   the class was seen with value 0
 * bits  6..11  the class was seen with value 1
 * bits 12..17  the class was seen blank
 * </pre>
 */
public final class LabelBits {
  private static final int CLASSES = Subtype.ALL.size();

  private LabelBits() {}

  /** The one bit of a row. */
  public static int of(Subtype subtype, Annotation annotation) {
    return subtype.bit() << CLASSES * annotation.ordinal();
  }

  /** Classes seen with this annotation, as {@link Subtype#bit} mask. */
  static int with(Annotation annotation, int bits) {
    return bits >>> CLASSES * annotation.ordinal() & ImageLabels.ALL_BITS;
  }

  /** Classes seen as both 0 and 1. */
  static int conflicting(int bits) {
    return with(Annotation.NEGATIVE, bits) & with(Annotation.POSITIVE, bits);
  }

  /** Classes of which no row was seen, not even a blank one. */
  static int missing(int bits) {
    return ImageLabels.ALL_BITS
        & ~(with(Annotation.NEGATIVE, bits)
            | with(Annotation.POSITIVE, bits)
            | with(Annotation.BLANK, bits));
  }

  /**
   * The labels of an image without anything to say about it, as the bits of {@link ImageLabels}:
   * six rows, one a class, no blank, and {@code any} the OR of the five. −1 where {@link
   * LabelPartial} has to look.
   *
   * @param bits the OR of {@link #of} over the image's rows
   * @param rows how many rows the image has
   */
  public static int clean(int bits, int rows) {
    return rows == CLASSES && isKept(bits) ? with(Annotation.POSITIVE, bits) : -1;
  }

  /** The labels if the bits allow to keep the image, whatever the number of its rows. */
  static Optional<ImageLabels> labels(String imageId, int bits) {
    return isKept(bits)
        ? Optional.of(new ImageLabels(imageId, with(Annotation.POSITIVE, bits)))
        : Optional.empty();
  }

  private static boolean isKept(int bits) {
    return missing(bits) == 0
        && with(Annotation.BLANK, bits) == 0
        && conflicting(bits) == 0
        && ImageLabels.anyMatches(with(Annotation.POSITIVE, bits));
  }
}
