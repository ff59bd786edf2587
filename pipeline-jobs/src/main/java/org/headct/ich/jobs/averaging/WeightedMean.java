package org.headct.ich.jobs.averaging;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean of arrays of equal length in one pass over memory. With equal weights it divides the sum
 * by the number, as DL4J does.
 */
final class WeightedMean {
  /**
   * The number of floats in a block; a block stays in the core's cache while all arrays are added.
   */
  private static final int BLOCK = 4096;

  private final double[] weights;
  private final boolean equal;

  WeightedMean(List<WorkerReport> reports) {
    double[] raw = reports.stream().mapToDouble(WorkerReport::weight).toArray();
    double sum = 0;
    for (double weight : raw) {
      sum += weight;
    }
    equal = IntStream.range(1, raw.length).allMatch(i -> raw[i] == raw[0]);
    weights = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      weights[i] = raw[i] / sum;
    }
  }

  /**
   * Writes the mean of the parts, added in their order, to the target. Buffers are used from their
   * start.
   */
  void of(List<FloatBuffer> parts, FloatBuffer target) {
    int length = target.limit();
    float[] sum = new float[BLOCK];
    float[] next = new float[BLOCK];
    for (int at = 0; at < length; at += BLOCK) {
      int n = Math.min(BLOCK, length - at);
      for (int p = 0; p < parts.size(); p++) {
        parts.get(p).get(at, next, 0, n);
        add(sum, next, n, p);
      }
      if (equal) {
        float count = parts.size();
        for (int i = 0; i < n; i++) {
          sum[i] /= count;
        }
      }
      target.put(at, sum, 0, n);
    }
  }

  private void add(float[] sum, float[] next, int n, int part) {
    if (!equal) {
      float weight = (float) weights[part];
      for (int i = 0; i < n; i++) {
        next[i] *= weight;
      }
    }
    if (part == 0) {
      System.arraycopy(next, 0, sum, 0, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      sum[i] += next[i];
    }
  }
}
