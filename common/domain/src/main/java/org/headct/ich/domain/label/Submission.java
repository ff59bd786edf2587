package org.headct.ich.domain.label;

import java.math.BigDecimal;
import java.util.List;

/**
 * The competition's submission file [RSNA 2019]. After the header {@code ID,Label} each image has
 * six lines {@code ID_<image>_<subtype>,<probability>}, in the order of {@link Subtype} and of the
 * competition's sample.
 */
public final class Submission {
  /** The first line. */
  public static final String HEADER = "ID,Label\n";

  private Submission() {}

  /** Returns whether a network with these outputs gives all that a submission needs. */
  public static boolean isPossible(List<Subtype> outputs) {
    return outputs.equals(Subtype.ALL);
  }

  /**
   * Returns the six lines of one image, each with its line feed.
   *
   * @param imageId the image's id as in the tables, with {@code ID_}
   * @param probabilities six probabilities in [0, 1], in the order of {@link Subtype}; written in
   *     full, without an exponent
   * @throws IllegalArgumentException if there are not six
   */
  public static String lines(String imageId, List<Float> probabilities) {
    if (probabilities.size() != Subtype.ALL.size()) {
      throw new IllegalArgumentException(
          "a submission needs six probabilities, got " + probabilities);
    }
    StringBuilder lines = new StringBuilder();
    for (Subtype subtype : Subtype.ALL) {
      float probability = probabilities.get(subtype.ordinal());
      lines
          .append(imageId)
          .append('_')
          .append(subtype.column())
          .append(',')
          .append(new BigDecimal(Float.toString(probability)).toPlainString())
          .append('\n');
    }
    return lines.toString();
  }
}
