package org.headct.ich.domain.label.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Image ids as numbers. RSNA's ids are {@code ID_} and nine hexadecimal digits. A number takes
 * eight bytes, a text several objects, and numbers sort in place.
 *
 * <pre>
 * bit  62      0: the id is in bits 0..59; 1: bits 0..30 are an index into a list of names
 * bits 56..59  how many digits, 1 to 14
 * bits  0..55  their value
 * </pre>
 *
 * <p>Ids of one length sort as their texts do. Other ids (capital letters, UIDs) are kept as names
 * beside the numbers.
 */
public final class ImageIds {
  static final String PREFIX = "ID_";
  static final int MAX_DIGITS = 14;

  private static final long NAMED = 1L << 62;
  private static final int LENGTH_SHIFT = 56;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The value of each byte as a lower-case hexadecimal digit, or −1. */
  private static final byte[] VALUES = values();

  private ImageIds() {}

  /** Returns the value of a lower-case hexadecimal digit, or −1. */
  static int digit(byte character) {
    return VALUES[character & 0xff];
  }

  /** Returns the number of an id with this count of hexadecimal digits and this value. */
  static long number(int digits, long value) {
    return (long) digits << LENGTH_SHIFT | value;
  }

  /** Returns the number of an id, or −1 if it has to stay a name. */
  static long numberOf(String id) {
    int digits = id.length() - PREFIX.length();
    if (digits < 1 || digits > MAX_DIGITS || !id.startsWith(PREFIX)) {
      return -1;
    }
    long value = 0;
    for (int i = PREFIX.length(); i < id.length(); i++) {
      char c = id.charAt(i);
      int digit = c < VALUES.length ? VALUES[c] : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return number(digits, value);
  }

  /** Returns a reference to the name at {@code index} of a list beside the numbers. */
  static long name(int index) {
    return NAMED | index;
  }

  static boolean isName(long id) {
    return (id & NAMED) != 0;
  }

  static int nameIndex(long id) {
    return (int) id;
  }

  /** Returns the id of a number as text. */
  static String text(long id) {
    return new String(bytes(id), StandardCharsets.ISO_8859_1);
  }

  /** Returns the id of a number as ASCII bytes. */
  static byte[] bytes(long id) {
    int digits = (int) (id >>> LENGTH_SHIFT);
    byte[] text = new byte[PREFIX.length() + digits];
    text[0] = 'I';
    text[1] = 'D';
    text[2] = '_';
    long rest = id;
    for (int i = text.length - 1; i >= PREFIX.length(); i--) {
      text[i] = DIGITS[(int) rest & 15];
      rest >>>= 4;
    }
    return text;
  }

  /**
   * Returns the partition of a number, in [0, {@code partitions}). It is the same on every machine,
   * and it spreads ids that count up as evenly as random ones.
   */
  static int partition(long number, int partitions) {
    return (int) Math.floorMod((number * 0x9E3779B97F4A7C15L) >>> 32, (long) partitions);
  }

  /** Returns the partition of a name, in [0, {@code partitions}). */
  static int partition(String name, int partitions) {
    return Math.floorMod(name.hashCode(), partitions);
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }
}
