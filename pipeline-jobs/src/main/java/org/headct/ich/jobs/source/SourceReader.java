package org.headct.ich.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of {@link SourceObject}s, for executors. The last archive stays open between members, so
 * read objects in the order of their listing. Not thread-safe: use one for each task.
 *
 * <p>Every {@link IOException} is a fault of the storage that a retry may cure. A {@link
 * DamagedMemberException} means that the object itself is damaged.
 */
public final class SourceReader implements AutoCloseable {
  /**
   * The largest object that is read as a whole: 1 GiB. The limit also applies to a declared size.
   */
  public static final long MAX_OBJECT_BYTES = 1L << 30;

  private final Configuration hadoop;
  private @Nullable OpenArchive last;

  private record OpenArchive(String uri, FSDataInputStream in, MemberReader members) {}

  public SourceReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Creates a reader that is closed when the current Spark task ends, even if it fails. */
  public static SourceReader ofTask(Configuration hadoop) {
    SourceReader reader = new SourceReader(hadoop);
    TaskContext.get()
        .addTaskCompletionListener(
            context -> {
              try {
                reader.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return reader;
  }

  /** A member or file whose bytes cannot be had, though the storage is sound. */
  public static final class DamagedMemberException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SliceReason reason;

    /** Creates damage: the archive's bytes are not what its directory says. */
    DamagedMemberException(String message) {
      this(SliceReason.DAMAGED_MEMBER, message);
    }

    DamagedMemberException(SliceReason reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** Returns the reason for the ledger: damage, an excess, or a form that is not read. */
    public SliceReason reason() {
      return reason;
    }
  }

  /**
   * Returns all bytes of an object. The checksum (CRC-32) of an archive's member is checked. An
   * object that was compressed as a whole (gzip, bzip2, zstd) is decompressed.
   *
   * @throws DamagedMemberException if the member is not what the archive's directory says, the
   *     compressed data are damaged, or the object is larger than {@link #MAX_OBJECT_BYTES}
   */
  public byte[] read(SourceObject object) throws IOException, DamagedMemberException {
    return CompressedObject.expand(hadoop, stored(object));
  }

  /**
   * Returns whether an object is compressed as a whole, so that its start says nothing of it.
   *
   * @param start its first bytes by {@link #start}
   */
  public static boolean isCompressed(byte[] start) {
    return CompressedObject.is(start);
  }

  private byte[] stored(SourceObject object) throws IOException, DamagedMemberException {
    checkSize(object);
    if (object.member().isEmpty()) {
      return file(object, (int) object.sizeBytes());
    }
    try {
      return archive(object.uri()).members().read(object);
    } catch (IOException e) {
      throw forgetting(e);
    }
  }

  /**
   * Returns the first {@code most} bytes of an object, or all if it has no more, in one request. A
   * deflated member may give fewer. Part of a member is not checked, because the checksum covers
   * the whole. The start of a {@linkplain #isCompressed compressed} object stays compressed.
   *
   * @throws DamagedMemberException as {@link #read}
   */
  public byte[] start(SourceObject object, int most) throws IOException, DamagedMemberException {
    if (object.sizeBytes() <= most) {
      return stored(object);
    }
    checkSize(object);
    if (object.member().isEmpty()) {
      return file(object, most);
    }
    try {
      return archive(object.uri()).members().start(object, most);
    } catch (IOException e) {
      throw forgetting(e);
    }
  }

  private static void checkSize(SourceObject object) throws DamagedMemberException {
    long largest = Math.max(object.sizeBytes(), object.storedBytes());
    if (largest > MAX_OBJECT_BYTES) {
      throw new DamagedMemberException(
          SliceReason.LIMIT_EXCEEDED,
          "%d bytes are more than the limit of %d".formatted(largest, MAX_OBJECT_BYTES));
    }
  }

  private byte[] file(SourceObject object, int length) throws IOException {
    Path path = new Path(object.uri());
    byte[] bytes = new byte[length];
    try (FSDataInputStream in = InputFiles.of(path, hadoop).open(path)) {
      in.readFully(0, bytes);
    }
    return bytes;
  }

  /**
   * Opens a text object as a stream. It is extracted from its archive and decompressed by its
   * extension (.gz, .bz2, .zst, ...). The caller closes it. If damage of a member shows only later,
   * the stream ends with a {@link java.util.zip.ZipException}.
   *
   * @throws UserException if this machine lacks the extension's codec
   */
  public InputStream open(SourceObject object) throws IOException, DamagedMemberException {
    Path path = new Path(object.uri());
    FileSystem files = InputFiles.of(path, hadoop);
    if (object.member().isEmpty()) {
      return Decompression.of(hadoop, object.uri(), files.open(path));
    }
    MemberReader.Data data;
    MemberReader.Checksum checksum;
    try {
      MemberReader members = archive(object.uri()).members();
      data = members.locate(object);
      // Read the checksum before the stream starts, because another archive may be open when it
      // ends.
      checksum = members.checksum(object, data);
    } catch (IOException e) {
      throw forgetting(e);
    }
    FSDataInputStream in = openAt(files, path, data.offset());
    return Decompression.of(hadoop, object.display(), MemberStream.of(in, object, checksum));
  }

  /**
   * Returns whether {@link #openAt} can start anywhere in the object: it is a file, not a member,
   * and not compressed.
   */
  public static boolean isSplittable(SourceObject object) {
    return object.member().isEmpty() && !Decompression.isCompressed(object.uri());
  }

  /** Opens a {@link #isSplittable splittable} object at {@code position}. The caller closes it. */
  public InputStream openAt(SourceObject object, long position) throws IOException {
    if (!isSplittable(object)) {
      throw new IllegalArgumentException(object.display() + " can only be read from its start");
    }
    Path path = new Path(object.uri());
    return openAt(InputFiles.of(path, hadoop), path, position);
  }

  private static FSDataInputStream openAt(FileSystem files, Path path, long position)
      throws IOException {
    FSDataInputStream in = files.open(path);
    try {
      in.seek(position);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return in;
  }

  private OpenArchive archive(String uri) throws IOException {
    if (last != null && last.uri().equals(uri)) {
      return last;
    }
    close();
    Path path = new Path(uri);
    FileSystem files = InputFiles.of(path, hadoop);
    long archiveBytes = files.getFileStatus(path).getLen();
    FSDataInputStream in = files.open(path);
    OpenArchive opened =
        new OpenArchive(
            uri,
            in,
            new MemberReader(
                (position, bytes, length) -> in.readFully(position, bytes, 0, length),
                archiveBytes));
    last = opened;
    return opened;
  }

  /** Closes the archive after a fault, so that a retry opens a new stream. */
  private IOException forgetting(IOException fault) {
    try {
      close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
    return fault;
  }

  @Override
  public void close() throws IOException {
    OpenArchive open = last;
    last = null;
    if (open != null) {
      open.in().close();
    }
  }
}
