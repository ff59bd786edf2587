package org.headct.ich.domain.metric;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.domain.label.Subtype;

/** In which order a person should look: one figure for a slice, one for a scan. */
public final class Suspicion {
  private Suspicion() {}

  /**
   * Of a slice: the score of {@code any} where the network says it, else the highest of its
   * subtypes, below which the probability of any haemorrhage cannot lie.
   *
   * @param outputs of the network, in order
   * @param scores of each, in [0, 1]
   */
  public static double ofSlice(List<Subtype> outputs, List<Float> scores) {
    int any = outputs.indexOf(Subtype.ANY);
    return any >= 0
        ? scores.get(any)
        : scores.stream().mapToDouble(Float::doubleValue).max().orElseThrow();
  }

  /**
   * Of a scan: the mean of its highest slices.
   *
   * @param slices suspicion of each, at least one
   * @param highest so many of them, or all if there are fewer
   */
  public static double ofScan(double[] slices, int highest) {
    double[] sorted = slices.clone();
    Arrays.sort(sorted);
    return Arrays.stream(sorted, Math.max(0, sorted.length - highest), sorted.length)
        .average()
        .orElseThrow();
  }
}
