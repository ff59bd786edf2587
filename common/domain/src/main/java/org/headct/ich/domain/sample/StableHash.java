package org.headct.ich.domain.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The XXH64 hash of the UTF-8 bytes of an id, with a seed. It must never change, because every
 * stored split depends on it. Spark's SQL function {@code xxhash64(id)} is the same with seed 42,
 * so a query can check a split.
 *
 * <p>Source: Y. Collet, xxHash fast digest algorithm, specification 0.2.0, "XXH64 algorithm
 * description", github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md.
 */
public final class StableHash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE_BYTES = 32;

  private StableHash() {}

  /** Returns the 64-bit hash of an id; compare hashes as unsigned. */
  public static long of(long seed, String id) {
    return of(seed, id.getBytes(UTF_8));
  }

  /** Returns the 64-bit hash of bytes; compare hashes as unsigned. */
  public static long of(long seed, byte[] id) {
    ByteBuffer bytes = ByteBuffer.wrap(id).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining();
    long hash = (length >= STRIPE_BYTES ? stripes(seed, bytes) : seed + PRIME_5) + length;
    while (bytes.remaining() >= Long.BYTES) {
      hash ^= round(0, bytes.getLong());
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (bytes.remaining() >= Integer.BYTES) {
      hash = withInt(hash, bytes.getInt());
    }
    while (bytes.hasRemaining()) {
      hash ^= (bytes.get() & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  /**
   * Returns the hash of a whole number, taken as four bytes, lowest first. With the hash of an id
   * as the seed, it is Spark's {@code xxhash64(id, number)}.
   */
  public static long of(long seed, int number) {
    return avalanche(withInt(seed + PRIME_5 + Integer.BYTES, number));
  }

  private static long withInt(long hash, int number) {
    return Long.rotateLeft(hash ^ (number & 0xFFFFFFFFL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
  }

  private static long avalanche(long state) {
    long hash = (state ^ state >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  /** Returns the upper 53 bits of the hash as a number in [0, 1). */
  public static double unit(long seed, String id) {
    return (of(seed, id) >>> 11) * 0x1.0p-53;
  }

  private static long stripes(long seed, ByteBuffer bytes) {
    long a = seed + PRIME_1 + PRIME_2;
    long b = seed + PRIME_2;
    long c = seed;
    long d = seed - PRIME_1;
    while (bytes.remaining() >= STRIPE_BYTES) {
      a = round(a, bytes.getLong());
      b = round(b, bytes.getLong());
      c = round(c, bytes.getLong());
      d = round(d, bytes.getLong());
    }
    long hash =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    hash = merged(hash, a);
    hash = merged(hash, b);
    hash = merged(hash, c);
    return merged(hash, d);
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long merged(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }
}
