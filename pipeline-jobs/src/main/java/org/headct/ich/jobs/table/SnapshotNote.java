package org.headct.ich.jobs.table;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;

/**
 * What every snapshot's summary carries, so that a table tells how it came to be.
 *
 * @param runId of the run that wrote it
 * @param job command that wrote it
 * @param configHash over the settings that decide the content
 * @param codeVersion version and commit of the code
 * @param inputs input name to snapshot id or content fingerprint
 */
public record SnapshotNote(
    String runId, String job, String configHash, String codeVersion, Map<String, String> inputs) {
  static final String PREFIX = "ich.";

  /** Entry that names the run. */
  public static final String RUN_ID = PREFIX + "run-id";

  private static final String INPUT = PREFIX + "input.";
  private static final String ROWS_OF = PREFIX + "rows-of";
  private static final String CODE_VERSION = PREFIX + "code-version";

  /** The summary's entries, each key below {@code ich.}. */
  public Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    entries.put(RUN_ID, runId);
    entries.put(CODE_VERSION, codeVersion);
    entries.putAll(content());
    return entries;
  }

  /** Of which version of an input a snapshot with this summary is, if it says so. */
  public static Optional<String> input(Map<String, String> summary, String name) {
    return Optional.ofNullable(summary.get(INPUT + name));
  }

  /**
   * What the summary of a snapshot that holds the rows of another in other files says: all that the
   * other's note does, and which snapshot brought the rows.
   */
  public static Map<String, String> sameRowsAs(Snapshot snapshot) {
    Map<String, String> entries = new TreeMap<>(snapshot.summary());
    entries.keySet().removeIf(key -> !key.startsWith(PREFIX));
    entries.putIfAbsent(ROWS_OF, Long.toString(snapshot.snapshotId()));
    return entries;
  }

  /** The snapshot that brought the rows, where the one with this summary did not. */
  static Optional<Long> rowsOf(Map<String, String> summary) {
    return Optional.ofNullable(summary.get(ROWS_OF)).map(Long::valueOf);
  }

  /** What decides the rows: equal for two runs exactly when they would write the same. */
  private Map<String, String> content() {
    Map<String, String> entries = new TreeMap<>();
    entries.put(PREFIX + "job", job);
    entries.put(PREFIX + "config-hash", configHash);
    inputs.forEach((name, version) -> entries.put(INPUT + name, version));
    return entries;
  }

  /**
   * Whether a snapshot with this summary already holds what this run would write. Another commit of
   * the same version is taken for the same program: a build must not make a cluster read 750,000
   * files again.
   */
  public boolean describes(Map<String, String> summary) {
    return summary.entrySet().containsAll(content().entrySet())
        && release(summary.getOrDefault(CODE_VERSION, "")).equals(release(codeVersion));
  }

  /** A version without the commit. */
  public static String release(String version) {
    int commit = version.indexOf('+');
    return commit < 0 ? version : version.substring(0, commit);
  }
}
