package org.headct.ich.jobs.table;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;

/**
 * The entries of every snapshot's summary, which say how the rows came about.
 *
 * @param runId id of the run that wrote it
 * @param job command that wrote it
 * @param configHash hash over the settings that decide the content
 * @param codeVersion version and commit of the code
 * @param inputs input name to snapshot id or content fingerprint
 */
public record SnapshotNote(
    String runId, String job, String configHash, String codeVersion, Map<String, String> inputs) {
  static final String PREFIX = "ich.";

  /** The entry that names the run. */
  public static final String RUN_ID = PREFIX + "run-id";

  private static final String INPUT = PREFIX + "input.";
  private static final String ROWS_OF = PREFIX + "rows-of";
  private static final String CODE_VERSION = PREFIX + "code-version";

  /** Returns the summary's entries. Each key starts with {@code ich.}. */
  public Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    entries.put(RUN_ID, runId);
    entries.put(CODE_VERSION, codeVersion);
    entries.putAll(content());
    return entries;
  }

  /** Returns the version of an input that a snapshot's summary names, if any. */
  public static Optional<String> input(Map<String, String> summary, String name) {
    return Optional.ofNullable(summary.get(INPUT + name));
  }

  /**
   * Returns the entries for a snapshot that holds the same rows as another in other files: the
   * other's note, and the snapshot that brought the rows.
   */
  public static Map<String, String> sameRowsAs(Snapshot snapshot) {
    Map<String, String> entries = new TreeMap<>(snapshot.summary());
    entries.keySet().removeIf(key -> !key.startsWith(PREFIX));
    entries.putIfAbsent(ROWS_OF, Long.toString(snapshot.snapshotId()));
    return entries;
  }

  /** Returns the snapshot that brought the rows, if it is not the one with this summary. */
  static Optional<Long> rowsOf(Map<String, String> summary) {
    return Optional.ofNullable(summary.get(ROWS_OF)).map(Long::valueOf);
  }

  /**
   * Returns the entries that decide the rows. They are equal for two runs exactly if both would
   * write the same.
   */
  private Map<String, String> content() {
    Map<String, String> entries = new TreeMap<>();
    entries.put(PREFIX + "job", job);
    entries.put(PREFIX + "config-hash", configHash);
    inputs.forEach((name, version) -> entries.put(INPUT + name, version));
    return entries;
  }

  /**
   * Returns whether a snapshot with this summary already holds what this run would write. The
   * commit of the code is ignored: a new build of the same version must not make a cluster read
   * 750,000 files again.
   */
  public boolean describes(Map<String, String> summary) {
    return summary.entrySet().containsAll(content().entrySet())
        && release(summary.getOrDefault(CODE_VERSION, "")).equals(release(codeVersion));
  }

  /** Returns a version without the commit. */
  public static String release(String version) {
    int commit = version.indexOf('+');
    return commit < 0 ? version : version.substring(0, commit);
  }
}
