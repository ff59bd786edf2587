package org.headct.ich.jobs.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Signatures, lengths and limits of the zip format (APPNOTE.TXT 6.3), and the decoding of names.
 */
final class ZipFormat {
  static final int LOCAL_HEADER = 0x04034b50;
  static final int LOCAL_HEADER_BYTES = 30;
  static final int DATA_DESCRIPTOR = 0x08074b50;

  /** The length of a data descriptor with signature and zip64 sizes (4.3.9). */
  static final int DATA_DESCRIPTOR_BYTES = 24;

  static final int CENTRAL_HEADER = 0x02014b50;
  static final int CENTRAL_HEADER_BYTES = 46;
  static final int DIGITAL_SIGNATURE = 0x05054b50;
  static final int END_RECORD = 0x06054b50;
  static final int END_RECORD_BYTES = 22;
  static final int ZIP64_LOCATOR = 0x07064b50;
  static final int ZIP64_LOCATOR_BYTES = 20;
  static final int ZIP64_END_RECORD = 0x06064b50;
  static final int ZIP64_END_RECORD_BYTES = 56;
  static final int ZIP64_EXTRA = 0x0001;

  static final int STORED = 0;
  static final int DEFLATED = 8;
  static final int FLAG_ENCRYPTED = 1;
  static final int FLAG_DESCRIPTOR = 1 << 3;

  /** The 16-bit or 32-bit value that points to the zip64 field (4.4.1.4). */
  static final int SATURATED_SHORT = 0xFFFF;

  static final long SATURATED_INT = 0xFFFFFFFFL;

  /**
   * The largest number of bytes that deflate makes of one byte: 258 bytes for a match of 2 bits.
   */
  private static final long MAX_DEFLATE_RATIO = 1032;

  private static final Charset CP437 =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

  private ZipFormat() {}

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int unsignedShort(ByteBuffer fields, int position) {
    return Short.toUnsignedInt(fields.getShort(position));
  }

  static long unsignedInt(ByteBuffer fields, int position) {
    return Integer.toUnsignedLong(fields.getInt(position));
  }

  /** Returns whether this many deflated bytes can hold this many bytes. */
  static boolean inflatable(long storedBytes, long sizeBytes) {
    return sizeBytes / MAX_DEFLATE_RATIO <= storedBytes;
  }

  /**
   * Decodes a member's name. Valid UTF-8 is UTF-8, even without the flag, because many tools do not
   * set bit 11 (4.4.4). Anything else is code page 437 (appendix D). Control characters become
   * U+FFFD, because names are shown on one line.
   */
  static String name(byte[] bytes, int offset, int length) {
    String name;
    try {
      ByteBuffer encoded = ByteBuffer.wrap(bytes, offset, length);
      name = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      name = new String(bytes, offset, length, CP437);
    }
    return name.chars().noneMatch(Character::isISOControl)
        ? name
        : name.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "\uFFFD");
  }
}
