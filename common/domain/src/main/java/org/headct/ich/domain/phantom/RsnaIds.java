package org.headct.ich.domain.phantom;

/**
 * Ids in RSNA's form: {@code ID_} and 8 (patient), 10 (study, series) or 9 (image) hexadecimal
 * digits.
 */
final class RsnaIds {
  private static final int IMAGE_BITS = 36;
  private static final int SLOTS = 1024;

  private final long seed;

  RsnaIds(long seed) {
    this.seed = RandomDraws.mix(seed);
  }

  String patient(int patient) {
    return hex(patient, 32, 8, 0x9A);
  }

  String study(int patient) {
    return hex(patient, 40, 10, 0x57);
  }

  String series(int patient) {
    return hex(patient, 40, 10, 0x5E);
  }

  /**
   * Returns an image id, unique in the dump. Slots are slices, and from 512 on the images that
   * defects add.
   */
  String image(int patient, int slot) {
    return hex((long) patient * SLOTS + slot, IMAGE_BITS, 9, 0x13);
  }

  /**
   * Returns an id by a bijection of {@code bits} bits, so that different numbers give different
   * ids.
   */
  private String hex(long number, int bits, int digits, int kind) {
    long mask = (1L << bits) - 1;
    long value = (number ^ RandomDraws.mix(seed + kind)) & mask;
    for (int round = 0; round < 3; round++) {
      value = (value * 0x9E3779B97F4A7C15L) & mask;
      value ^= value >>> (bits / 2);
    }
    return "ID_" + String.format("%0" + digits + "x", value);
  }
}
