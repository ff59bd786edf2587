package org.headct.ich.domain.label;

import java.math.BigDecimal;
import java.util.List;

/**
 * The competition's submission file [RSNA 2019]: the header {@code ID,Label}, then six lines an
 * image, {@code ID_<image>_<subtype>,<probability>}, in the order of {@link Subtype}, as the
 * competition's sample has them.
 */
public final class Submission {
  /** The first line. */
  public static final String HEADER = "ID,Label\n";

  private Submission() {}

  /** Whether a network of these outputs says all that a submission asks. */
  public static boolean isPossible(List<Subtype> outputs) {
    return outputs.equals(Subtype.ALL);
  }

  /**
   * The lines of one image, each with its end.
   *
   * @param imageId as the tables have it, {@code ID_} included
   * @param probabilities six in [0, 1], in the order of {@link Subtype}; written in full, without
   *     an exponent
   */
  public static String lines(String imageId, List<Float> probabilities) {
    if (probabilities.size() != Subtype.ALL.size()) {
      throw new IllegalArgumentException("a submission wants six, got " + probabilities);
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
