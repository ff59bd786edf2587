package org.headct.ich.jobs.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.io.WritableUtils;

/**
 * Consecutive objects of a listing, packed into few bytes each. A name keeps only the part that
 * differs from the one before, so that a folder or archive is stored once. The driver and the tasks
 * hold and send them. They are one array of bytes, because Kryo cannot write records.
 *
 * <pre>
 *  an object:  uri, member           each: length shared with the one before, length and bytes of the rest
 *              offset, stored bytes, size less stored bytes, version less that of the one before, deflated
 * </pre>
 */
public final class PackedObjects implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final byte[] NOTHING = {};

  private final int count;
  private final byte[] bytes;

  private PackedObjects(int count, byte[] bytes) {
    this.count = count;
    this.bytes = bytes;
  }

  /** Packs objects. A few thousand are a good share of the work. */
  public static PackedObjects of(List<SourceObject> objects) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] uri = NOTHING;
    byte[] member = NOTHING;
    long version = 0;
    try {
      for (SourceObject object : objects) {
        uri = write(out, uri, object.uri());
        member = write(out, member, object.member());
        WritableUtils.writeVLong(out, object.offset());
        WritableUtils.writeVLong(out, object.storedBytes());
        WritableUtils.writeVLong(out, object.sizeBytes() - object.storedBytes());
        WritableUtils.writeVLong(out, object.version() - version);
        out.writeBoolean(object.deflated());
        version = object.version();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes go into memory", e);
    }
    return new PackedObjects(objects.size(), bytes.toByteArray());
  }

  /** Returns the objects, in their order. */
  public List<SourceObject> unpack() {
    List<SourceObject> objects = new ArrayList<>(count);
    DataInput in = new DataInputStream(new ByteArrayInputStream(bytes));
    byte[] uriBytes = NOTHING;
    byte[] memberBytes = NOTHING;
    String uri = "";
    long version = 0;
    try {
      for (int i = 0; i < count; i++) {
        byte[] before = uriBytes;
        uriBytes = read(in, before);
        // Members of the same archive share its name in memory.
        uri = Arrays.equals(before, uriBytes) ? uri : text(uriBytes);
        memberBytes = read(in, memberBytes);
        long offset = WritableUtils.readVLong(in);
        long storedBytes = WritableUtils.readVLong(in);
        long sizeBytes = storedBytes + WritableUtils.readVLong(in);
        version += WritableUtils.readVLong(in);
        objects.add(
            new SourceObject(
                uri, text(memberBytes), offset, storedBytes, sizeBytes, in.readBoolean(), version));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes come from memory", e);
    }
    return objects;
  }

  private static byte[] write(DataOutput out, byte[] before, String name) throws IOException {
    byte[] now = name.getBytes(StandardCharsets.UTF_8);
    int differs = Arrays.mismatch(before, now);
    int shared = differs < 0 ? now.length : differs;
    WritableUtils.writeVInt(out, shared);
    WritableUtils.writeVInt(out, now.length - shared);
    out.write(now, shared, now.length - shared);
    return now;
  }

  private static byte[] read(DataInput in, byte[] before) throws IOException {
    int shared = WritableUtils.readVInt(in);
    int rest = WritableUtils.readVInt(in);
    byte[] now = Arrays.copyOf(before, shared + rest);
    in.readFully(now, shared, rest);
    return now;
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
