package org.headct.ich.jobs.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local file system with the scheme {@code dying:}. {@code FileContext} does not know it, and its
 * rename replaces nothing. It counts the steps that change it. It can fail at one step, or from one
 * step on, like the file system of a killed process.
 */
public final class DyingFileSystem extends RawLocalFileSystem {
  private static int steps;
  private static int fatal = Integer.MAX_VALUE;
  private static boolean dies;

  /** Files that a commit of Iceberg's Hadoop catalog renames. */
  private static final Pattern COMMIT = Pattern.compile("v\\d+\\.metadata\\.json");

  private static int commits;
  private static int fatalCommit = Integer.MAX_VALUE;
  private static boolean survives;

  /** Registers this class for its scheme. */
  public static Configuration register(Configuration conf) {
    conf.set("fs.dying.impl", DyingFileSystem.class.getName());
    return conf;
  }

  public static Path path(java.nio.file.Path local) {
    return new Path("dying://" + local.toAbsolutePath());
  }

  /** Resets the counters and stops failing. */
  public static synchronized void heal() {
    steps = 0;
    fatal = Integer.MAX_VALUE;
    commits = 0;
    fatalCommit = Integer.MAX_VALUE;
  }

  /**
   * Ends the process at a commit: every later change of the file system fails.
   *
   * @param commit the number of the commit, counted from 1
   * @param done whether the commit itself still succeeds
   */
  public static synchronized void dieAtCommit(int commit, boolean done) {
    heal();
    fatalCommit = commit;
    survives = done;
    dies = true;
  }

  /** Returns the number of commits since the last reset or order to die. */
  public static synchronized int commits() {
    return commits;
  }

  private static synchronized void beforeRename(Path to) throws IOException {
    if (COMMIT.matcher(to.getName()).matches()) {
      commits++;
      if (commits == fatalCommit && !survives) {
        fatal = 0;
      }
    }
    step();
  }

  private static synchronized void afterRename() {
    if (commits == fatalCommit) {
      fatal = 0;
    }
  }

  /** Fails at this step, counted from 1, and at every later one. */
  public static synchronized void dieAt(int step) {
    heal();
    fatal = step;
    dies = true;
  }

  /** Fails only at this step. */
  public static synchronized void failAt(int step) {
    heal();
    fatal = step;
    dies = false;
  }

  public static synchronized int steps() {
    return steps;
  }

  private static synchronized void step() throws IOException {
    steps++;
    if (dies ? steps >= fatal : steps == fatal) {
      throw new IOException("killed at step " + fatal);
    }
  }

  @Override
  public URI getUri() {
    return URI.create("dying:///");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    return new FSDataOutputStream(
        new HalfWritten(super.create(path, overwrite, buffer, replication, block, progress)), null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    beforeRename(to);
    boolean done = !exists(to) && super.rename(from, to);
    afterRename();
    return done;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    step();
    return super.delete(path, recursive);
  }

  /** Does nothing: no test needs permissions, and each call would start a process. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  /** Stream whose first write is a step. If the step fails, half of the bytes are written. */
  private static final class HalfWritten extends FilterOutputStream {
    private boolean written;

    HalfWritten(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (written) {
        out.write(bytes, offset, length);
        return;
      }
      written = true;
      out.write(bytes, offset, length / 2);
      out.flush();
      step();
      out.write(bytes, offset + length / 2, length - length / 2);
    }
  }
}
