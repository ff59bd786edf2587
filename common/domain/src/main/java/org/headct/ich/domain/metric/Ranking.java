package org.headct.ich.domain.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A list of examples sorted once by descending score, for curves and for the many resamples of
 * {@link Bootstrap}. Examples with equal scores are one step, so their order does not matter.
 */
public final class Ranking {
  private final int[] order;
  private final double[] scores;
  private final boolean[] positives;

  private Ranking(int[] order, double[] scores, boolean[] positives) {
    this.order = order;
    this.scores = scores;
    this.positives = positives;
  }

  /**
   * Sorts examples. Later changes of the arrays have no effect.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a score is NaN
   */
  public static Ranking of(double[] scores, boolean[] positives) {
    MetricInputs.checkScores(scores, positives);
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sortedScores = new double[order.length];
    boolean[] sortedPositives = new boolean[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      sortedScores[rank] = scores[order[rank]];
      sortedPositives[rank] = positives[order[rank]];
    }
    return new Ranking(order, sortedScores, sortedPositives);
  }

  /** Returns the number of examples. */
  public int size() {
    return order.length;
  }

  /** Returns the area under the ROC curve of all examples, see {@link #auc(int[])}. */
  public double auc() {
    return auc(once());
  }

  /**
   * Returns the area under the ROC curve: the probability that a positive scores higher than a
   * negative. Ties count half (Hanley JA, McNeil BJ, Radiology 1982,
   * 10.1148/radiology.143.1.7063747).
   *
   * @param copies number of times that each example counts, in the order of the original arrays
   * @return area in [0, 1]; NaN without a positive or without a negative
   * @throws IllegalArgumentException if {@code copies} has another length than the examples
   */
  public double auc(int[] copies) {
    checkCopies(copies);
    double pairs = 0;
    double truePositives = 0;
    double falsePositives = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfTie(from);
      double positive = 0;
      double negative = 0;
      for (int rank = from; rank < to; rank++) {
        int count = copies[order[rank]];
        if (positives[rank]) {
          positive += count;
        } else {
          negative += count;
        }
      }
      pairs += negative * (truePositives + positive / 2);
      truePositives += positive;
      falsePositives += negative;
      from = to;
    }
    return pairs / (truePositives * falsePositives);
  }

  /** Returns the average precision of all examples, see {@link #averagePrecision(int[])}. */
  public double averagePrecision() {
    return averagePrecision(once());
  }

  /**
   * Returns the average precision: Σ (recall_k − recall_{k−1}) precision_k over the distinct
   * scores, without interpolation (scikit-learn's {@code average_precision_score}).
   *
   * @param copies number of times that each example counts, in the order of the original arrays
   * @return average precision in [0, 1]; NaN without a positive
   * @throws IllegalArgumentException if {@code copies} has another length than the examples
   */
  public double averagePrecision(int[] copies) {
    checkCopies(copies);
    double sum = 0;
    double truePositives = 0;
    double predicted = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfTie(from);
      double positive = 0;
      for (int rank = from; rank < to; rank++) {
        int count = copies[order[rank]];
        predicted += count;
        positive += positives[rank] ? count : 0;
      }
      truePositives += positive;
      sum += positive == 0 ? 0 : positive * truePositives / predicted;
      from = to;
    }
    return sum / truePositives;
  }

  /** A receiver of each distinct score, from the highest, with the counts at or above it. */
  interface Step {
    void at(double threshold, int truePositives, int falsePositives);
  }

  void forEachStep(Step step) {
    int truePositives = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfTie(from);
      for (int rank = from; rank < to; rank++) {
        truePositives += positives[rank] ? 1 : 0;
      }
      step.at(scores[from], truePositives, to - truePositives);
      from = to;
    }
  }

  int positiveCount() {
    int count = 0;
    for (boolean positive : positives) {
      count += positive ? 1 : 0;
    }
    return count;
  }

  private int endOfTie(int from) {
    int to = from + 1;
    while (to < scores.length && scores[to] == scores[from]) {
      to++;
    }
    return to;
  }

  private int[] once() {
    int[] copies = new int[order.length];
    Arrays.fill(copies, 1);
    return copies;
  }

  private void checkCopies(int[] copies) {
    if (copies.length != order.length) {
      throw new IllegalArgumentException(
          "copies and examples must have the same length, got %d and %d"
              .formatted(copies.length, order.length));
    }
  }
}
