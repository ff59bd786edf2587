package org.headct.ich.domain.phantom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Independent reader of flat little-endian objects: a map from tag to value. */
final class DumpTags {
  private DumpTags() {}

  static Map<Integer, byte[]> of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    in.position(132);
    Map<Integer, byte[]> tags = new TreeMap<>();
    boolean explicit = true;
    while (in.remaining() >= 8) {
      int group = in.getShort() & 0xFFFF;
      int tag = group << 16 | in.getShort() & 0xFFFF;
      if (group > 2) {
        explicit = !text(tags, 0x0002_0010).equals("1.2.840.10008.1.2");
      }
      int length;
      if (explicit || group == 2) {
        String vr = "" + (char) in.get() + (char) in.get();
        length = vr.equals("OB") || vr.equals("OW") ? longLength(in) : in.getShort() & 0xFFFF;
      } else {
        length = in.getInt();
      }
      byte[] value = new byte[length < 0 ? in.remaining() : length];
      in.get(value);
      tags.put(tag, value);
    }
    return tags;
  }

  private static int longLength(ByteBuffer in) {
    in.getShort();
    return in.getInt();
  }

  static String text(Map<Integer, byte[]> tags, int tag) {
    byte[] value = tags.getOrDefault(tag, new byte[0]);
    return new String(value, StandardCharsets.ISO_8859_1).replace("\0", "").trim();
  }

  static int number(Map<Integer, byte[]> tags, int tag) {
    byte[] value = tags.getOrDefault(tag, new byte[2]);
    return value[0] & 0xFF | (value[1] & 0xFF) << 8;
  }
}
