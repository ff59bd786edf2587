package org.headct.ich.jobs.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.jobs.file.AtomicFiles;
import org.headct.ich.jobs.file.Json;

/**
 * A small JSON file in a run's directory that belongs to the code that writes it. Each write
 * replaces the whole file.
 *
 * @param <T> a record
 */
public final class RunFile<T> {
  private final Configuration conf;
  private final Path file;
  private final Class<T> type;

  /**
   * Opens a file of a run.
   *
   * @param directory directory of the run
   * @param name name of the file
   * @param type class of its content
   */
  public RunFile(Configuration conf, String directory, String name, Class<T> type) {
    this.conf = conf;
    this.file = new Path(directory, name);
    this.type = type;
  }

  /** Reads the content; empty if the file was never written. */
  public Optional<T> read() throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    if (!fs.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = fs.open(file)) {
      return Optional.of(Json.MAPPER.readValue(in.readAllBytes(), type));
    }
  }

  public void write(T value) throws IOException {
    AtomicFiles.write(conf, file, out -> out.write(Json.MAPPER.writeValueAsBytes(value)));
  }
}
