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
 * The local file system as {@code dying:}, which {@code FileContext} does not know and whose rename
 * replaces nothing. It counts the steps that change it, and fails at one of them: once, or from
 * then on as the file system of a killed process does.
 */
public final class DyingFileSystem extends RawLocalFileSystem {
  private static int steps;
  private static int fatal = Integer.MAX_VALUE;
  private static boolean dies;

  /** Files whose renaming makes a commit of Iceberg's Hadoop catalog. */
  private static final Pattern COMMIT = Pattern.compile("v\\d+\\.metadata\\.json");

  private static int commits;
  private static int fatalCommit = Integer.MAX_VALUE;
  private static boolean survives;

  /** The name of this file system's class and what a path on it begins with. */
  public static Configuration register(Configuration conf) {
    conf.set("fs.dying.impl", DyingFileSystem.class.getName());
    return conf;
  }

  public static Path path(java.nio.file.Path local) {
    return new Path("dying://" + local.toAbsolutePath());
  }

  /** Counts from 0 again and fails nothing. */
  public static synchronized void heal() {
    steps = 0;
    fatal = Integer.MAX_VALUE;
    commits = 0;
    fatalCommit = Integer.MAX_VALUE;
  }

  /**
   * The commit of that number, from 1 on, is the end: what would change the file system fails from
   * then on.
   *
   * @param done whether the commit itself is done
   */
  public static synchronized void dieAtCommit(int commit, boolean done) {
    heal();
    fatalCommit = commit;
    survives = done;
    dies = true;
  }

  /** Commits since it was healed or told to die. */
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

  /** The step of that number, from 1 on, fails, and all that follow. */
  public static synchronized void dieAt(int step) {
    heal();
    fatal = step;
    dies = true;
  }

  /** The step of that number fails alone. */
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

  /** Nobody asks for them here, and each would be a process. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  /** The first write is a step that has half of its bytes behind it when it fails. */
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
