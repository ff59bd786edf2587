package org.headct.ich.jobs.batch;

/** Independent random streams from one seed. */
final class Seeds {
  private Seeds() {}

  /** Folds the parts into the seed with the finaliser of SplitMix64 (Steele et al. 2014). */
  static long mix(long seed, long... parts) {
    long h = seed;
    for (long part : parts) {
      h = finish(h + 0x9E3779B97F4A7C15L + finish(part + 0x9E3779B97F4A7C15L));
    }
    return h;
  }

  private static long finish(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
