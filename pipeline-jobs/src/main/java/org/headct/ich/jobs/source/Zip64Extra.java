package org.headct.ich.jobs.source;

import static org.headct.ich.jobs.source.ZipFormat.unsignedInt;
import static org.headct.ich.jobs.source.ZipFormat.unsignedShort;

import java.nio.ByteBuffer;

/**
 * The zip64 extended information of one directory entry (APPNOTE.TXT 4.5.3): 8-byte size, stored
 * size and offset, then a 4-byte disk. A field is present only if its short field is all ones.
 */
final class Zip64Extra {
  private final ByteBuffer fields;
  private int at;
  private int left;

  /** Finds the field in the extra data [offset, offset + length). */
  Zip64Extra(ByteBuffer fields, int offset, int length) {
    this.fields = fields;
    int end = offset + length;
    int field = offset;
    while (end - field >= 4) {
      int bytes = unsignedShort(fields, field + 2);
      if (bytes > end - field - 4) {
        return;
      }
      if (unsignedShort(fields, field) == ZipFormat.ZIP64_EXTRA) {
        at = field + 4;
        left = bytes;
        return;
      }
      field += 4 + bytes;
    }
  }

  /** Returns the value, or the next long field if the value is all ones. */
  long widen(long value, int index) throws UnreadableZipException {
    if (value != ZipFormat.SATURATED_INT) {
      return value;
    }
    take(8, index);
    return fields.getLong(at - 8);
  }

  long disk(int index) throws UnreadableZipException {
    take(4, index);
    return unsignedInt(fields, at - 4);
  }

  private void take(int bytes, int index) throws UnreadableZipException {
    if (left < bytes) {
      throw new UnreadableZipException(
          "is damaged: entry %d of its directory lacks its zip64 sizes".formatted(index));
    }
    at += bytes;
    left -= bytes;
  }
}
