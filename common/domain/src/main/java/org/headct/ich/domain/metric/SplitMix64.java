package org.headct.ich.domain.metric;

/**
 * The SplitMix64 random generator (Steele GL, Lea D, Flood CH, OOPSLA 2014,
 * 10.1145/2660193.2660195). The project has its own, so that intervals are the same on every Java
 * version and can be recomputed in any language.
 */
final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Creates a stream; a seed has a separate stream for each number below 2³¹. */
  SplitMix64(long seed, int stream) {
    state = mixed(mixed(seed) + (stream + 1L) * GAMMA);
  }

  /** Returns a uniform number in [0, bound), with a bias below bound / 2³². */
  int below(int bound) {
    state += GAMMA;
    return (int) ((mixed(state) >>> 32) * bound >>> 32);
  }

  private static long mixed(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
