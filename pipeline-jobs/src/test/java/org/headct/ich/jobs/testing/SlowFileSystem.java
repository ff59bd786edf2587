package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.TaskContext;

/**
 * Local file system with the scheme {@code slow:}. A Spark task waits at each file that it opens,
 * long enough for a test to kill it there.
 */
public final class SlowFileSystem extends RawLocalFileSystem {
  /** Hadoop setting that registers the file system. */
  public static final String SETTING = "fs.slow.impl";

  /**
   * Wait for a DICOM object, ms. These are many; a task opens only one or two label files or table
   * files.
   */
  private static final int OBJECT_WAIT_MS = 150;

  private static final int FILE_WAIT_MS = 1500;

  /** Returns a local path with this file system's scheme. */
  public static Path path(java.nio.file.Path local) {
    return new Path("slow://" + local.toAbsolutePath());
  }

  /** Registers the file system in a Hadoop configuration. */
  public static void register(Configuration conf) {
    conf.set(SETTING, SlowFileSystem.class.getName());
  }

  @Override
  public String getScheme() {
    return "slow";
  }

  @Override
  public URI getUri() {
    return URI.create("slow:///");
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    if (TaskContext.get() != null) {
      try {
        Thread.sleep(path.getName().endsWith(".dcm") ? OBJECT_WAIT_MS : FILE_WAIT_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before " + path, e);
      }
    }
    return super.open(path, buffer);
  }

  /** Does nothing: no test needs permissions, and each call would start a process. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}
}
