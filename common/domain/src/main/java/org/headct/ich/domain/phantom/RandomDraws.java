package org.headct.ich.domain.phantom;

/**
 * Seeded random draws by SplitMix64 (Steele, Lea, Flood 2014). The code is not the JDK's, so that a
 * seed gives the same bytes on every Java version. The hashes in the tests depend on it.
 */
final class RandomDraws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private RandomDraws(long state) {
    this.state = state;
  }

  /** Returns an independent stream for each seed and path, e.g. (seed, patient, slice). */
  static RandomDraws of(long seed, long... path) {
    long state = mix(seed + GOLDEN);
    for (long step : path) {
      state = mix(state ^ mix(step + GOLDEN));
    }
    return new RandomDraws(state);
  }

  /** Mixes the bits of a value; a bijection on 64 bits. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** Draws uniformly from [0, 1). */
  double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Draws uniformly from [low, high). */
  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Draws uniformly from 0..bound-1. */
  int below(int bound) {
    return (int) Math.min(bound - 1L, (long) (uniform() * bound));
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Draws -1 or 1. */
  int side() {
    return chance(0.5) ? 1 : -1;
  }

  /**
   * Draws from a roughly normal distribution with mean 0, deviation 1, within +-3.5: the sum of
   * twelve uniform draws, minus six.
   */
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += uniform();
    }
    return Math.max(-3.5, Math.min(3.5, sum));
  }

  /** Draws an index in proportion to its weight. */
  int weighted(double... weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double left = uniform() * total;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
