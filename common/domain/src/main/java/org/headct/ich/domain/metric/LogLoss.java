package org.headct.ich.domain.metric;

import org.headct.ich.domain.label.Subtype;

/**
 * The logarithmic loss (binary cross-entropy, natural logarithm) of one label or of RSNA 2019's
 * six. It is computed by example, so that {@link Statistic#mean} can average any part of the
 * examples.
 *
 * <p>Probabilities are first clipped to [1e-15, 1 − 1e-15]. A confident error therefore costs 34.5,
 * not infinity.
 *
 * <p>RSNA's metric is a weighted multi-label log loss in which {@code any} weighs more than a
 * subtype (kaggle.com/c/rsna-intracranial-hemorrhage-detection, page Evaluation). The organisers
 * published no numbers. The competitors' published evaluation code has weight 2 for {@code any},
 * weight 1 for each subtype, and the clip of 1e-15. The loss of an image is the weighted mean, so
 * {@code any} is 2/7 of it, and 0.5 everywhere scores ln 2 = 0.6931.
 */
public final class LogLoss {
  private static final double CLIP = 1e-15;

  private LogLoss() {}

  /**
   * Returns the loss of one prediction, in [1e-15, 34.54].
   *
   * @throws IllegalArgumentException if the probability is outside [0, 1]
   */
  public static double of(double probability, boolean positive) {
    MetricInputs.checkProbability(probability, 0);
    double clipped = Math.min(Math.max(probability, CLIP), 1 - CLIP);
    return -Math.log(positive ? clipped : 1 - clipped);
  }

  /**
   * Returns the loss of each example.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a probability is outside [0,
   *     1]
   */
  public static double[] each(double[] probabilities, boolean[] positives) {
    MetricInputs.checkProbabilities(probabilities, positives);
    double[] losses = new double[probabilities.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = of(probabilities[i], positives[i]);
    }
    return losses;
  }

  /** Returns the mean of {@link #each}; NaN without examples. */
  public static double binary(double[] probabilities, boolean[] positives) {
    return mean(each(probabilities, positives));
  }

  /** Returns RSNA's weight of a class: 2 for {@code any}, 1 for a subtype. The sum is 7. */
  public static double rsnaWeight(Subtype subtype) {
    return subtype == Subtype.ANY ? 2 : 1;
  }

  /**
   * Returns RSNA's loss of one image.
   *
   * @param probabilities six probabilities in the order of {@link Subtype}
   * @param bits labels of the image, as in {@code ImageLabels}
   * @throws IllegalArgumentException if there are not six probabilities or one is outside [0, 1]
   */
  public static double rsnaOf(double[] probabilities, int bits) {
    MetricInputs.checkLengths(probabilities.length, Subtype.ALL.size());
    double sum = 0;
    double weights = 0;
    for (Subtype subtype : Subtype.ALL) {
      double weight = rsnaWeight(subtype);
      sum += weight * of(probabilities[subtype.ordinal()], (bits & subtype.bit()) != 0);
      weights += weight;
    }
    return sum / weights;
  }

  /**
   * Returns RSNA's weighted multi-label loss: the mean of {@link #rsnaOf}; NaN without images.
   *
   * @param probabilities N×6 probabilities: for each image six in the order of {@link Subtype}
   * @param bits labels of each image, as in {@code ImageLabels}
   */
  public static double rsna(double[][] probabilities, int[] bits) {
    return mean(rsnaEach(probabilities, bits));
  }

  /** Returns RSNA's loss of each image, see {@link #rsnaOf}. */
  public static double[] rsnaEach(double[][] probabilities, int[] bits) {
    MetricInputs.checkLengths(probabilities.length, bits.length);
    double[] losses = new double[bits.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = rsnaOf(probabilities[i], bits[i]);
    }
    return losses;
  }

  private static double mean(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / losses.length;
  }
}
