package org.headct.ich.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.common.error.UserException;

/** Files under {@code reports.path}: pages for people, one JSON a run for schedulers. */
public final class ReportStore {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Configuration hadoop;
  private final String directory;

  public ReportStore(JobContext context) {
    this.hadoop = context.hadoop();
    this.directory = context.places().reports();
  }

  /**
   * Makes the folder, before a job publishes anything that its report could not follow.
   *
   * @throws UserException when reports.path cannot be a folder
   */
  public void prepare() {
    Path path = new Path(directory);
    try {
      if (!path.getFileSystem(hadoop).mkdirs(path)) {
        throw new IOException("not made");
      }
    } catch (IOException e) {
      throw new UserException(
          "reports.path: cannot make the folder %s (%s); choose another with --set reports.path=DIR"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /** Writes the run's report; returns its path. */
  public String save(JobReport report) {
    try {
      String name = "runs/%s-%s.json".formatted(report.runId(), report.job());
      return save(name, JSON.writeValueAsString(report));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report of " + report.job(), e);
    }
  }

  /** Writes a text file under a temporary name and renames it, so that no half page is seen. */
  public String save(String name, String text) {
    Path target = new Path(directory, name);
    Path temporary = new Path(target.getParent(), "." + target.getName() + ".part");
    try {
      FileSystem files = target.getFileSystem(hadoop);
      // People look into this folder: no .crc files beside the pages.
      files.setWriteChecksum(false);
      try (OutputStream out = files.create(temporary, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      files.delete(target, false);
      if (!files.rename(temporary, target)) {
        throw new IOException("cannot rename " + temporary + " to " + target);
      }
      return Path.getPathWithoutSchemeAndAuthority(target).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }
}
