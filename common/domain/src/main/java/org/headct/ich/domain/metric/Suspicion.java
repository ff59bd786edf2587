package org.headct.ich.domain.metric;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.label.Subtype;

/** The suspicion of slices and scans, which decides the order in which a person should look. */
public final class Suspicion {
  private Suspicion() {}

  /**
   * Returns the suspicion of a slice: the score of {@code any} if the network has that output, else
   * the highest score of a subtype. The probability of any haemorrhage cannot be lower.
   *
   * @param outputs outputs of the network, in order
   * @param scores score of each output, in [0, 1]
   */
  public static double ofSlice(List<Subtype> outputs, List<Float> scores) {
    int any = outputs.indexOf(Subtype.ANY);
    return any >= 0
        ? scores.get(any)
        : scores.stream().mapToDouble(Float::doubleValue).max().orElseThrow();
  }

  /**
   * Returns the suspicion of a scan: the mean of its highest slices.
   *
   * @param slices suspicion of each slice, at least one
   * @param highest number of slices to average, or all if there are fewer
   */
  public static double ofScan(double[] slices, int highest) {
    double[] sorted = slices.clone();
    Arrays.sort(sorted);
    return Arrays.stream(sorted, Math.max(0, sorted.length - highest), sorted.length)
        .average()
        .orElseThrow();
  }
}
