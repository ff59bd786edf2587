package org.headct.ich.jobs.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Reads {@link SourceObject}s, on an executor. One archive stays open from one member to the next.
 * Not thread-safe: one for each task.
 *
 * <p>Every {@link IOException} is a fault of the storage that a retry may cure; what is wrong with
 * the object itself comes out as a {@link DamagedMemberException}.
 */
public final class SourceReader implements AutoCloseable {
  /** A member larger than this, or that claims to be, is not read: 1 GiB. */
  public static final long MAX_OBJECT_BYTES = 1L << 30;

  private static final int LOCAL_HEADER_BYTES = 30;
  private static final int LOCAL_HEADER_SIGNATURE = 0x04034b50;

  private final Configuration hadoop;
  private final Map<String, FSDataInputStream> archives = new HashMap<>();

  public SourceReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The archive's bytes for this member are not what its directory says. */
  public static final class DamagedMemberException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedMemberException(String message) {
      super(message);
    }
  }

  /** All bytes of an object. */
  public byte[] read(SourceObject object) throws IOException, DamagedMemberException {
    if (object.sizeBytes() > MAX_OBJECT_BYTES || object.storedBytes() > MAX_OBJECT_BYTES) {
      throw new DamagedMemberException(
          "%d bytes are more than the limit of %d".formatted(object.sizeBytes(), MAX_OBJECT_BYTES));
    }
    if (object.member().isEmpty()) {
      Path path = new Path(object.uri());
      byte[] bytes = new byte[(int) object.sizeBytes()];
      try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
        in.readFully(0, bytes);
      }
      return bytes;
    }
    byte[] stored = new byte[(int) object.storedBytes()];
    FSDataInputStream in = archive(object);
    try {
      in.readFully(dataOffset(in, object), stored);
    } catch (EOFException e) {
      throw new DamagedMemberException("the archive ends inside this member");
    }
    return object.deflated() ? inflate(stored, (int) object.sizeBytes()) : stored;
  }

  /**
   * A text object as a stream, decompressed by its extension (.gz, .bz2, .zst, ...) or out of its
   * archive. The caller closes it.
   */
  public InputStream open(SourceObject object) throws IOException, DamagedMemberException {
    Path path = new Path(object.uri());
    FileSystem files = path.getFileSystem(hadoop);
    if (object.member().isEmpty()) {
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
      InputStream in = files.open(path);
      return codec == null ? in : codec.createInputStream(in);
    }
    FSDataInputStream in = files.open(path);
    in.seek(dataOffset(in, object));
    InputStream bounded =
        BoundedInputStream.builder()
            .setInputStream(new BufferedInputStream(in, 1 << 16))
            .setMaxCount(object.storedBytes())
            .get();
    return object.deflated()
        ? new InflaterInputStream(bounded, new Inflater(true), 1 << 16)
        : bounded;
  }

  private FSDataInputStream archive(SourceObject object) throws IOException {
    FSDataInputStream open = archives.get(object.uri());
    if (open == null) {
      Path path = new Path(object.uri());
      open = path.getFileSystem(hadoop).open(path);
      archives.put(object.uri(), open);
    }
    return open;
  }

  /**
   * The data follow the local header, whose name and extra field may differ from the directory's.
   */
  private static long dataOffset(FSDataInputStream in, SourceObject object)
      throws IOException, DamagedMemberException {
    byte[] header = new byte[LOCAL_HEADER_BYTES];
    try {
      in.readFully(object.offset(), header);
    } catch (EOFException e) {
      throw new DamagedMemberException("the archive ends before this member");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getInt(0) != LOCAL_HEADER_SIGNATURE) {
      throw new DamagedMemberException("the archive's directory points to no member");
    }
    int name = Short.toUnsignedInt(fields.getShort(26));
    int extra = Short.toUnsignedInt(fields.getShort(28));
    return object.offset() + LOCAL_HEADER_BYTES + name + extra;
  }

  private static byte[] inflate(byte[] stored, int size) throws DamagedMemberException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      byte[] bytes = new byte[size];
      int filled = 0;
      while (filled < size && !inflater.finished()) {
        int count = inflater.inflate(bytes, filled, size - filled);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        filled += count;
      }
      if (filled < size) {
        throw new DamagedMemberException(
            "the archive promises %d bytes of this member and holds %d".formatted(size, filled));
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new DamagedMemberException("the archive's deflated data are damaged");
    } finally {
      inflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    for (FSDataInputStream archive : archives.values()) {
      archive.close();
    }
    archives.clear();
  }
}
