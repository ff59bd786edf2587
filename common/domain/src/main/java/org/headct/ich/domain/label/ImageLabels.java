package org.headct.ich.domain.label;

import java.io.Serializable;

/**
 * The six labels of one image.
 *
 * <p>{@code any} is stored, not derived: in CQ500 the majority of readers may see a haemorrhage
 * without a majority for one subtype. For images, {@link LabelPivot} refuses labels where {@code
 * any} differs from the OR of the five ({@link #anyMatches}).
 *
 * @param imageId the image's id with its prefix, as in the label file, for example {@code
 *     ID_000012eaf}; it is also the name of the object's file
 * @param bits bit {@code subtype.ordinal()} is the label of that class, 0 to 63
 */
public record ImageLabels(String imageId, int bits) implements Serializable {
  /** The mask of all six labels. */
  public static final int ALL_BITS = (1 << Subtype.ALL.size()) - 1;

  /** The mask of the five subtypes, without {@code any}. */
  static final int FIVE_BITS = ALL_BITS & ~Subtype.ANY.bit();

  /**
   * @throws IllegalArgumentException if the id is empty or a bit beyond the sixth is set
   */
  public ImageLabels {
    if (imageId.isEmpty()) {
      throw new IllegalArgumentException("an image's id must not be empty");
    }
    if ((bits & ~ALL_BITS) != 0) {
      throw new IllegalArgumentException("labels must be six bits, got " + bits);
    }
  }

  /** Returns whether the image is positive for the class. */
  public boolean has(Subtype subtype) {
    return (bits & subtype.bit()) != 0;
  }

  /** Returns 1 or 0, as the columns of the tables hold it. */
  public int value(Subtype subtype) {
    return has(subtype) ? 1 : 0;
  }

  /** Returns whether {@code any} is the OR of the five subtypes. */
  public boolean anyMatches() {
    return anyMatches(bits);
  }

  static boolean anyMatches(int bits) {
    return (bits & Subtype.ANY.bit()) != 0 == ((bits & FIVE_BITS) != 0);
  }
}
