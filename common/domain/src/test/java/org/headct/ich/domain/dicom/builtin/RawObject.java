package org.headct.ich.domain.dicom.builtin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Test writer of elements exactly as given, right or wrong. */
public final class RawObject {
  static final long UNDEFINED = 0xFFFF_FFFFL;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean explicit;
  private final ByteOrder order;

  private RawObject(boolean explicit, ByteOrder order) {
    this.explicit = explicit;
    this.order = order;
  }

  public static RawObject explicitLittle() {
    return new RawObject(true, ByteOrder.LITTLE_ENDIAN);
  }

  public static RawObject explicitBig() {
    return new RawObject(true, ByteOrder.BIG_ENDIAN);
  }

  public static RawObject implicitLittle() {
    return new RawObject(false, ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a CT of 2 x 3 pixels of 16 bits without its PixelData, the basis of most tests. */
  public RawObject image() {
    return image(2, 3);
  }

  public RawObject image(int rows, int columns) {
    return text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.2")
        .text(0x0008_0060, "CS", "CT")
        .us(0x0028_0002, 1)
        .us(0x0028_0010, rows)
        .us(0x0028_0011, columns)
        .us(0x0028_0100, 16)
        .us(0x0028_0101, 16)
        .us(0x0028_0102, 15)
        .us(0x0028_0103, 1);
  }

  /** Writes the head of an element; the length may be wrong. */
  public RawObject head(int tag, String vr, long length) {
    boolean isItem = tag >>> 16 == 0xFFFE;
    int16(tag >>> 16).int16(tag);
    if (isItem || !explicit) {
      return int32(length);
    }
    out.writeBytes(vr.getBytes(ISO_8859_1));
    return Vr.hasLongLength(Vr.pack(vr.charAt(0), vr.charAt(1)))
        ? int16(0).int32(length)
        : int16((int) length);
  }

  RawObject bytes(int tag, String vr, byte... value) {
    head(tag, vr, value.length);
    out.writeBytes(value);
    return this;
  }

  public RawObject text(int tag, String vr, String value) {
    return bytes(tag, vr, (value.length() % 2 == 0 ? value : value + " ").getBytes(ISO_8859_1));
  }

  public RawObject us(int tag, int value) {
    return head(tag, "US", 2).int16(value);
  }

  public RawObject pixels(int... values) {
    head(Tag.PIXEL_DATA, "OW", 2L * values.length);
    for (int value : values) {
      int16(value);
    }
    return this;
  }

  public RawObject raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Returns the data set only. */
  public byte[] dataSet() {
    return out.toByteArray();
  }

  /** Returns the object with preamble, prefix and a meta group that names the syntax. */
  public byte[] file(String syntaxUid) {
    return file(syntaxUid, dataSet());
  }

  byte[] deflatedFile() {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(dataSet());
    deflater.finish();
    byte[] deflated = new byte[dataSet().length + 100];
    int size = deflater.deflate(deflated);
    deflater.end();
    return file("1.2.840.10008.1.2.1.99", Arrays.copyOf(deflated, size));
  }

  public static byte[] file(String syntaxUid, byte[] dataSet) {
    byte[] meta =
        explicitLittle()
            .text(0x0002_0010, "UI", syntaxUid + (syntaxUid.length() % 2 == 0 ? "" : "\0"))
            .dataSet();
    return ByteBuffer.allocate(132 + meta.length + dataSet.length)
        .position(128)
        .put("DICM".getBytes(ISO_8859_1))
        .put(meta)
        .put(dataSet)
        .array();
  }

  private RawObject int16(int value) {
    out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    return this;
  }

  private RawObject int32(long value) {
    out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    return this;
  }
}
