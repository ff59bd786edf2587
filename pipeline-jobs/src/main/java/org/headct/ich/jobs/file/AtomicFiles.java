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
 * Files on any Hadoop file system, each written completely or not at all.
 *
 * <p>Spark's {@link CheckpointFileManager} decides how. On an object store (S3A) an upload appears
 * when it is complete. Elsewhere a file is renamed: by {@code FileContext} if the file system has
 * one, else by {@code FileSystem}. {@code spark.sql.streaming.checkpointFileManagerClass} can name
 * another way.
 */
public final class AtomicFiles {
  private static final String MANAGER = "spark.sql.streaming.checkpointFileManagerClass";
  private static final String TEMPORARY_SUFFIX = ".tmp";

  /**
   * One manager for each store. Each opens its own file system with threads and connections, which
   * Hadoop 3.3.4 never closes. Its folder makes no difference.
   */
  private static final Map<URI, CheckpointFileManager> UPLOADS = new ConcurrentHashMap<>();

  private AtomicFiles() {}

  /** A function that writes the bytes of a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file and replaces an older one of the same name. A failure leaves the old file and
   * nothing else. A killed process may leave a temporary file, see {@link #removeTemporaries}.
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
      // Not closed, because closing makes the file visible.
      out.cancel();
      throw e;
    }
    out.close();
  }

  /** Removes temporary files that killed processes have left. */
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
   * A manager that replaces existing files. If the target exists, Spark's own manager takes a
   * refused rename for a success.
   */
  private static final class Replacing extends FileSystemBasedCheckpointFileManager {
    Replacing(Path directory, Configuration conf) {
      super(directory, conf);
    }

    /**
     * Returns the file system; for local files the one without Hadoop's checksum files. A process
     * may be killed between the renames of a file and its checksum. Then the new file has the old
     * checksum, and nobody can read it.
     */
    @Override
    public FileSystem fs() {
      return super.fs() instanceof LocalFileSystem local ? local.getRawFileSystem() : super.fs();
    }

    /**
     * Renames a file. If a rename cannot replace the target, the old file is deleted first. No
     * half-written file is ever visible.
     */
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
        // Scala's signature declares no checked exception.
        throw new UncheckedIOException(e);
      }
    }
  }
}
