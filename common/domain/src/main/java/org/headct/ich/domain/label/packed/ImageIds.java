package org.headct.ich.domain.label.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Image ids as numbers. RSNA's ids are {@code ID_} and nine hexadecimal digits: a number is eight
 * bytes where the text is a heap of objects, and numbers sort in place.
 *
 * <pre>
 * bit  62      0: the id is in bits 0..59; 1: bits 0..30 are an index into a list of names
 * bits 56..59  how many digits, 1 to 14
 * bits  0..55  their value
 * </pre>
 *
 * <p>Ids of one length sort as their texts do. What is no such id (capital letters, UIDs) is kept
 * as a name beside the numbers.
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

  /** The value of a lower-case hexadecimal digit, or −1. */
  static int digit(byte character) {
    return VALUES[character & 0xff];
  }

  /** The number of {@code digits} hexadecimal digits with this value. */
  static long number(int digits, long value) {
    return (long) digits << LENGTH_SHIFT | value;
  }

  /** The number of an id, or −1 when it has to stay a name. */
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

  /** A reference to the name at {@code index} of a list beside the numbers. */
  static long name(int index) {
    return NAMED | index;
  }

  static boolean isName(long id) {
    return (id & NAMED) != 0;
  }

  static int nameIndex(long id) {
    return (int) id;
  }

  /** The text of a number. */
  static String text(long id) {
    return new String(bytes(id), StandardCharsets.ISO_8859_1);
  }

  /** The text of a number, a byte a character. */
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
   * Which of {@code partitions} an id belongs to: the same on every machine, and even for ids that
   * count up as for random ones.
   */
  static int partition(long number, int partitions) {
    return (int) Math.floorMod((number * 0x9E3779B97F4A7C15L) >>> 32, (long) partitions);
  }

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
