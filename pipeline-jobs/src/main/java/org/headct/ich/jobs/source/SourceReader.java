package org.headct.ich.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link SourceObject}s, on an executor. The last archive stays open from one member to the
 * next, so objects are best read in the order of their listing. Not thread-safe: one for each task.
 *
 * <p>Every {@link IOException} is a fault of the storage that a retry may cure; what is wrong with
 * the object itself comes out as a {@link DamagedMemberException}.
 */
public final class SourceReader implements AutoCloseable {
  /** An object larger than this, or that claims to be, is not read as a whole: 1 GiB. */
  public static final long MAX_OBJECT_BYTES = 1L << 30;

  private final Configuration hadoop;
  private @Nullable OpenArchive last;

  private record OpenArchive(String uri, FSDataInputStream in, MemberReader members) {}

  public SourceReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** One that is closed when the Spark task ends that runs now, however it ends. */
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

  /** The archive's bytes for this member are not what its directory says. */
  public static final class DamagedMemberException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedMemberException(String message) {
      super(message);
    }
  }

  /**
   * All bytes of an object; those of an archive's member have the checksum (CRC-32) that the
   * archive records.
   *
   * @throws DamagedMemberException when the member is not what the archive's directory says, or the
   *     object is larger than {@link #MAX_OBJECT_BYTES}
   */
  public byte[] read(SourceObject object) throws IOException, DamagedMemberException {
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
   * The first {@code most} bytes of an object, or all if it has no more, in one request. Of a
   * deflated member they may be fewer, and are unchecked unless they are all: the checksum that the
   * archive records is of the whole.
   *
   * @throws DamagedMemberException as {@link #read}
   */
  public byte[] start(SourceObject object, int most) throws IOException, DamagedMemberException {
    if (object.sizeBytes() <= most) {
      return read(object);
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
   * A text object as a stream, out of its archive and decompressed by its extension (.gz, .bz2,
   * .zst, ...). The caller closes it. Damage of a member that shows only later ends the stream with
   * a {@link java.util.zip.ZipException}.
   *
   * @throws UserException when the extension's codec is not to be had on this machine
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
      // Known before the stream starts: the archive may be another one's by the time it ends.
      checksum = members.checksum(object, data);
    } catch (IOException e) {
      throw forgetting(e);
    }
    FSDataInputStream in = openAt(files, path, data.offset());
    return Decompression.of(hadoop, object.display(), MemberStream.of(in, object, checksum));
  }

  /**
   * Whether {@link #openAt} can start anywhere in the object: it is a file of its own, and not
   * compressed.
   */
  public static boolean isSplittable(SourceObject object) {
    return object.member().isEmpty() && !Decompression.isCompressed(object.uri());
  }

  /** A {@link #isSplittable splittable} object from {@code position} on; the caller closes it. */
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

  /** After a fault the archive is opened anew: a retry must not meet the same broken stream. */
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
