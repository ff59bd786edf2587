package org.headct.ich.domain.dicom.builtin;

/** Value representations (PS3.5 section 6.2), packed as two capitals in sixteen bits. */
final class Vr {
  static final int OW = pack('O', 'W');
  static final int UN = pack('U', 'N');

  private static final String ALL =
      "AEASATCSDADSDTFDFLISLOLTOBODOFOLOVOWPNSHSLSQSSSTSVTMUCUIULUNURUSUTUV";
  private static final String LONG = "OBODOFOLOVOWSQSVUCUNURUTUV";
  private static final long[] KNOWN = table(ALL);
  private static final long[] LONG_LENGTH = table(LONG);

  private Vr() {}

  static int pack(int first, int second) {
    return ((first & 0xFF) << 8) | (second & 0xFF);
  }

  static boolean isWellFormed(int vr) {
    int first = vr >>> 8;
    int second = vr & 0xFF;
    return first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
  }

  /** Returns whether the standard has this VR. A known VR shows that a data set is explicit. */
  static boolean isKnown(int vr) {
    return isWellFormed(vr) && contains(KNOWN, vr);
  }

  /** Returns whether the length takes 32 bits after two reserved bytes (PS3.5 table 7.1-1). */
  static boolean hasLongLength(int vr) {
    return contains(LONG_LENGTH, vr);
  }

  private static boolean contains(long[] table, int vr) {
    return (table[(vr >>> 8) - 'A'] >>> ((vr & 0xFF) - 'A') & 1) != 0;
  }

  /** Returns a bit table: one long per first letter, one bit per second letter. */
  private static long[] table(String pairs) {
    long[] table = new long[26];
    for (int i = 0; i < pairs.length(); i += 2) {
      table[pairs.charAt(i) - 'A'] |= 1L << (pairs.charAt(i + 1) - 'A');
    }
    return table;
  }
}
