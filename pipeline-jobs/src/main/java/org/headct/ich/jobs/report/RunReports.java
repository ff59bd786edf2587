package org.headct.ich.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.jobs.file.Json;

/** Reports of earlier runs: the JSON files of {@link ReportStore}. */
public final class RunReports {
  private final Configuration hadoop;
  private final Path folder;
  private final List<Path> newestFirst;

  /**
   * Lists the reports.
   *
   * @param directory {@code reports.path}; need not exist
   */
  public RunReports(Configuration hadoop, String directory) {
    this.hadoop = hadoop;
    folder = new Path(directory, ReportStore.RUNS);
    List<Path> files = new ArrayList<>();
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      for (FileStatus file : fs.exists(folder) ? fs.listStatus(folder) : new FileStatus[0]) {
        files.add(file.getPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the reports under " + folder, e);
    }
    // Run ids begin with the time.
    files.sort(Comparator.comparing(Path::getName).reversed());
    newestFirst = List.copyOf(files);
  }

  /** Returns the newest report of a command that succeeded with {@code in} above 0. */
  public Optional<JsonNode> newest(String job) {
    for (Path file : newestFirst) {
      if (file.getName().endsWith("-" + job + ".json")) {
        JsonNode report = read(file);
        if (report.path("job").asText().equals(job)
            && report.path("exitCode").asInt(-1) == 0
            && report.path("in").asLong() > 0) {
          return Optional.of(report);
        }
      }
    }
    return Optional.empty();
  }

  private JsonNode read(Path file) {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the report " + file, e);
    }
  }
}
