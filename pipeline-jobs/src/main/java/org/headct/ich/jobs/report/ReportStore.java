package org.headct.ich.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.file.AtomicFiles;
import org.headct.ich.jobs.file.Json;

/** Files under {@code reports.path}: pages for people, one JSON file a run for schedulers. */
public final class ReportStore {
  /** The folder of the JSON reports. */
  static final String RUNS = "runs";

  private final Configuration hadoop;
  private final String directory;

  /**
   * Opens a store.
   *
   * @param directory {@code reports.path}
   */
  public ReportStore(Configuration hadoop, String directory) {
    this.hadoop = hadoop;
    this.directory = directory;
  }

  /**
   * Creates the folder, before a job publishes anything that would then lack its report.
   *
   * @throws UserException if reports.path cannot be a folder
   */
  public void prepare() {
    Path path = new Path(directory);
    try {
      if (!path.getFileSystem(hadoop).mkdirs(path)) {
        throw new IOException("the file system did not create it");
      }
    } catch (IOException e) {
      throw new UserException(
          "reports.path: cannot make the folder %s (%s); choose another with --set reports.path=DIR"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /** Writes the run's report and returns its path. */
  public String save(JobReport report) {
    return save(RUNS + "/%s-%s.json".formatted(report.runId(), report.job()), json(report));
  }

  /** Writes a run's report to a file that the user chose. */
  public static void save(Configuration hadoop, String file, JobReport report) {
    Path target = new Path(file);
    byte[] json = json(report).getBytes(StandardCharsets.UTF_8);
    try {
      AtomicFiles.write(hadoop, target, out -> out.write(json));
    } catch (IOException e) {
      throw new UserException("--report: cannot write %s (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static String json(JobReport report) {
    try {
      return Json.INDENTED.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is texts and numbers", e);
    }
  }

  /** Writes a text file completely or not at all, and returns its path. */
  public String save(String name, String text) {
    return save(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file that need not fit into memory, completely or not at all, and returns its path.
   */
  public String save(String name, AtomicFiles.Content content) {
    Path target = new Path(directory, name);
    try {
      AtomicFiles.write(hadoop, target, content);
      return Path.getPathWithoutSchemeAndAuthority(target).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /** Returns the path of a file of that name. The file need not exist. */
  public String place(String name) {
    return Path.getPathWithoutSchemeAndAuthority(new Path(directory, name)).toString();
  }

  /** Removes all files of a folder except those named, such as pages of an earlier run. */
  public void keepOnly(String folder, Set<String> names) {
    Path path = new Path(directory, folder);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        return;
      }
      for (FileStatus file : files.listStatus(path)) {
        if (file.isFile() && !names.contains(file.getPath().getName())) {
          files.delete(file.getPath(), false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove old files of " + path, e);
    }
  }
}
