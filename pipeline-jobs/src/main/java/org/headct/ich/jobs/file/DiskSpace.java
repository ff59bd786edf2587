package org.headct.ich.jobs.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.util.StringUtils.TraditionalBinaryPrefix;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.WarehouseConfig;

/** Detection of a full disk, and the free space of the disks that this machine knows. */
public final class DiskSpace {
  /** The message of Linux (errno ENOSPC), which the JVM and Hadoop pass on. */
  private static final String FULL = "No space left on device";

  private DiskSpace() {}

  /**
   * Returns the message for a failure that a full disk caused; empty for any other failure.
   *
   * @param places the paths that the run writes to
   */
  public static Optional<String> shortage(
      Throwable failure, SparkSession spark, WarehouseConfig places) {
    if (!isFull(failure)) {
      return Optional.empty();
    }
    Map<String, String> written = new LinkedHashMap<>();
    written.put("warehouse.path", places.warehouse());
    written.put("models.path", places.models());
    written.put("reports.path", places.reports());
    written.put(
        "spark.local.dir",
        spark.conf().get("spark.local.dir", System.getProperty("java.io.tmpdir")).split(",")[0]);
    List<String> free = new ArrayList<>();
    written.forEach(
        (key, path) -> free(path).ifPresent(bytes -> free.add(key + " = " + path + ": " + bytes)));
    return Optional.of(
        "a disk is full (%s). Tables are as their last commit left them, nothing half-written is shown. Free here: %s; a cluster's executors have disks of their own. Make room and run the command again"
            .formatted(FULL, String.join(", ", free)));
  }

  private static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(FULL)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the free space of a local path, or of its nearest existing parent folder. */
  private static Optional<String> free(String path) {
    org.apache.hadoop.fs.Path given = new org.apache.hadoop.fs.Path(path);
    String scheme = given.toUri().getScheme();
    if (scheme != null && !scheme.equals("file")) {
      return Optional.empty();
    }
    Path folder = Path.of(given.toUri().getPath()).toAbsolutePath();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    try {
      FileStore store = Files.getFileStore(folder);
      return Optional.of(TraditionalBinaryPrefix.long2String(store.getUsableSpace(), "B", 1));
    } catch (IOException e) {
      // An exception here must not hide the first failure.
      return Optional.of("not known, " + e.getMessage());
    }
  }
}
