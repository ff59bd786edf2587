package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/** Data elements in explicit VR little endian, with any tag and value, valid or not. */
final class Elements {
  private static final long UNDEFINED = 0xFFFF_FFFFL;
  private static final Set<String> LONG_LENGTH = Set.of("OB", "OW", "SQ", "UN", "UT");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Elements text(int tag, String vr, String value) {
    byte[] text = (value.length() % 2 == 0 ? value : value + " ").getBytes(UTF_8);
    return head(tag, vr, text.length).raw(text);
  }

  /** Adds a sequence of one item, both ended by delimiters. */
  Elements sequence(int tag, String vr, Elements item) {
    return head(tag, vr, UNDEFINED)
        .item(0xFFFE_E000, UNDEFINED)
        .raw(item.bytes())
        .item(0xFFFE_E00D, 0)
        .item(0xFFFE_E0DD, 0);
  }

  /** Adds a sequence of one item, both with their length. */
  Elements measuredSequence(int tag, Elements item) {
    byte[] bytes = item.bytes();
    return head(tag, "SQ", bytes.length + 8L).item(0xFFFE_E000, bytes.length).raw(bytes);
  }

  /** Adds the header of an element. The length may be wrong. */
  Elements head(int tag, String vr, long length) {
    int16(tag >>> 16);
    int16(tag);
    raw(vr.getBytes(UTF_8));
    if (LONG_LENGTH.contains(vr)) {
      int16(0);
      int32(length);
    } else {
      int16((int) length);
    }
    return this;
  }

  Elements raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private Elements item(int tag, long length) {
    int16(tag >>> 16);
    int16(tag);
    int32(length);
    return this;
  }

  private void int16(int value) {
    out.write(value);
    out.write(value >>> 8);
  }

  private void int32(long value) {
    int16((int) value);
    int16((int) (value >>> 16));
  }
}
