package org.headct.ich.jobs.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.spark.internal.io.cloud.AbortableStreamBasedCheckpointFileManager;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager;
import org.apache.spark.sql.execution.streaming.CheckpointFileManager.CancellableFSDataOutputStream;
import org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager;

/**
 * Files on any Hadoop file system, each written whole or not at all.
 *
 * <p>How is for Spark's {@link CheckpointFileManager} to know: on an object store (S3A) an upload
 * that appears when it is complete, elsewhere a rename, by {@code FileContext} where the file
 * system has one, by {@code FileSystem} where it has none; or what {@code
 * spark.sql.streaming.checkpointFileManagerClass} names.
 */
public final class AtomicFiles {
  private static final String MANAGER = "spark.sql.streaming.checkpointFileManagerClass";
  private static final String TEMPORARY_SUFFIX = ".tmp";

  /**
   * One for each store, for it opens a file system of its own with its threads and connections,
   * which Hadoop 3.3.4 never closes. The folder that it is made for does not matter to it.
   */
  private static final Map<URI, CheckpointFileManager> UPLOADS = new ConcurrentHashMap<>();

  private AtomicFiles() {}

  /** Writes what a file holds. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, over an older one of the name. A failure leaves the old file and nothing else; a
   * process that is killed may leave a temporary file, see {@link #removeTemporaries}.
   */
  public static void write(Configuration conf, Path file, Content content) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    Path target = fs.makeQualified(file);
    try {
      fs.mkdirs(target.getParent());
      fill(manager(conf, fs, target.getParent()).createAtomic(target, true), content);
    } catch (IOException | RuntimeException e) {
      IOException failure =
          new IOException("cannot write %s: %s".formatted(file, e.getMessage()), e);
      try {
        remove(fs, target.getParent(), "." + target.getName() + ".");
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private static void fill(CancellableFSDataOutputStream out, Content content) throws IOException {
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException | Error e) {
      // Not closed: closing is what makes it visible.
      out.cancel();
      throw e;
    }
    out.close();
  }

  /** Removes what killed processes left of unfinished writes. */
  public static void removeTemporaries(Configuration conf, Path directory) throws IOException {
    remove(directory.getFileSystem(conf), directory, ".");
  }

  private static void remove(FileSystem fs, Path directory, String prefix) throws IOException {
    if (!fs.exists(directory)) {
      return;
    }
    PathFilter temporary =
        path -> path.getName().startsWith(prefix) && path.getName().endsWith(TEMPORARY_SUFFIX);
    for (FileStatus left : fs.listStatus(directory, temporary)) {
      fs.delete(left.getPath(), false);
    }
  }

  private static CheckpointFileManager manager(Configuration conf, FileSystem fs, Path directory)
      throws IOException {
    if (conf.get(MANAGER) == null && fs instanceof LocalFileSystem) {
      return new Replacing(directory, conf);
    }
    if (conf.get(MANAGER) == null
        && fs.hasPathCapability(directory, CommonPathCapabilities.ABORTABLE_STREAM)) {
      return UPLOADS.computeIfAbsent(
          fs.getUri(), store -> new AbortableStreamBasedCheckpointFileManager(directory, conf));
    }
    CheckpointFileManager manager = CheckpointFileManager.create(directory, conf);
    return manager.getClass() == FileSystemBasedCheckpointFileManager.class
        ? new Replacing(directory, conf)
        : manager;
  }

  /**
   * Spark's own takes a rename that was refused, because the target exists, for one that was done.
   */
  private static final class Replacing extends FileSystemBasedCheckpointFileManager {
    Replacing(Path directory, Configuration conf) {
      super(directory, conf);
    }

    /**
     * The local one without Hadoop's checksum files: a process killed between the renames of a file
     * and of its checksum would leave the new one under the sum of the old, which nobody can read.
     */
    @Override
    public FileSystem fs() {
      return super.fs() instanceof LocalFileSystem local ? local.getRawFileSystem() : super.fs();
    }

    /** Where a rename replaces nothing, the old file goes first: nowhere is there half a file. */
    @Override
    public void renameTempFile(Path from, Path to, boolean overwrite) {
      try {
        if (fs().rename(from, to)) {
          return;
        }
        fs().delete(to, false);
        if (!fs().rename(from, to)) {
          throw new IOException("cannot rename %s to %s".formatted(from, to));
        }
      } catch (IOException e) {
        // Scala's signature has no room for the checked one.
        throw new UncheckedIOException(e);
      }
    }
  }
}
