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
 * The local file system as {@code slow:}, on which a Spark task waits for each file that it opens:
 * long enough for a test to kill it there.
 */
public final class SlowFileSystem extends RawLocalFileSystem {
  /** Setting that makes a Hadoop configuration know it. */
  public static final String SETTING = "fs.slow.impl";

  /** DICOM objects are many; of label files and of tables a task opens one or two. */
  private static final int OBJECT_WAIT_MS = 150;

  private static final int FILE_WAIT_MS = 1500;

  /** What a path on it begins with. */
  public static Path path(java.nio.file.Path local) {
    return new Path("slow://" + local.toAbsolutePath());
  }

  /** Makes a Hadoop configuration know it. */
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

  /** Nobody asks for them here, and each would be a process. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}
}
