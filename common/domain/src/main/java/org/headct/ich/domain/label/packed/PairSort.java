package org.headct.ich.domain.label.packed;

/** A stable radix sort of pairs of longs by their first, by bytes, the least significant first. */
final class PairSort {
  private static final int RADIX_BITS = 8;
  private static final int BUCKETS = 1 << RADIX_BITS;

  private PairSort() {}

  /** Sorts both arrays by {@code keys}. No key may be negative. */
  static void sort(long[] keys, long[] values) {
    if (isSorted(keys)) {
      return;
    }
    long[] fromKeys = keys;
    long[] fromValues = values;
    long[] toKeys = new long[keys.length];
    long[] toValues = new long[keys.length];
    long differing = differing(keys);
    for (int shift = 0; shift < Long.SIZE; shift += RADIX_BITS) {
      // Ids of one length share most of their bytes. A byte that all keys share sorts nothing.
      if ((differing >>> shift & BUCKETS - 1) == 0) {
        continue;
      }
      pass(fromKeys, fromValues, toKeys, toValues, shift);
      long[] swap = fromKeys;
      fromKeys = toKeys;
      toKeys = swap;
      swap = fromValues;
      fromValues = toValues;
      toValues = swap;
    }
    if (fromKeys != keys) {
      System.arraycopy(fromKeys, 0, keys, 0, keys.length);
      System.arraycopy(fromValues, 0, values, 0, values.length);
    }
  }

  private static boolean isSorted(long[] keys) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i] < keys[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private static long differing(long[] keys) {
    long or = 0;
    long and = -1;
    for (long key : keys) {
      or |= key;
      and &= key;
    }
    return or & ~and;
  }

  private static void pass(
      long[] fromKeys, long[] fromValues, long[] toKeys, long[] toValues, int shift) {
    int[] next = new int[BUCKETS + 1];
    for (long key : fromKeys) {
      next[(int) (key >>> shift & BUCKETS - 1) + 1]++;
    }
    for (int i = 1; i <= BUCKETS; i++) {
      next[i] += next[i - 1];
    }
    for (int i = 0; i < fromKeys.length; i++) {
      int to = next[(int) (fromKeys[i] >>> shift & BUCKETS - 1)]++;
      toKeys[to] = fromKeys[i];
      toValues[to] = fromValues[i];
    }
  }
}
