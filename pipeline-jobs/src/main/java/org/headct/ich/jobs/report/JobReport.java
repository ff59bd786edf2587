package org.headct.ich.jobs.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.util.StringUtils;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;

/**
 * What a run did: how many came in, went out, were rejected and why, what was written.
 *
 * @param job the command
 * @param runId of the run
 * @param exitCode of the command, 0 for a run that did its work
 * @param outcome one line: what happened, or why it failed
 * @param unit what {@code in}, {@code out} and the rejects count, such as rows or objects
 * @param in how many came in
 * @param out how many of them were accepted
 * @param rejected how many were not, by reason; {@code in = out + sum of rejected}
 * @param noted noteworthy but accepted, by reason
 * @param facts further figures, in order
 * @param tables of counts, in order
 * @param changes of the rows or objects that the job keeps, against what was there
 * @param written tables with their new snapshot, files with their size
 * @param bytes that were read of the input and written to tables
 * @param seconds wall time
 */
public record JobReport(
    String job,
    String runId,
    int exitCode,
    String outcome,
    String unit,
    long in,
    long out,
    Map<String, Long> rejected,
    Map<String, Long> noted,
    Map<String, String> facts,
    List<ReportTable> tables,
    Changes changes,
    Map<String, String> written,
    Bytes bytes,
    double seconds) {

  /**
   * What is otherwise than before the run, each counted once.
   *
   * @param added that were not there
   * @param changed that were there and are otherwise now
   * @param withdrawn that were there and are no more
   */
  public record Changes(long added, long changed, long withdrawn) {
    public static final Changes NONE = new Changes(0, 0, 0);

    /** Both together. */
    public Changes plus(Changes other) {
      return new Changes(added + other.added, changed + other.changed, withdrawn + other.withdrawn);
    }

    private boolean any() {
      return added + changed + withdrawn > 0;
    }
  }

  /**
   * Bytes that moved.
   *
   * @param read of label files and DICOM objects; not of tables
   * @param written to data files of tables
   */
  public record Bytes(long read, long written) {
    private static String text(long bytes) {
      return StringUtils.TraditionalBinaryPrefix.long2String(bytes, "B", 1);
    }
  }

  /** The exit code of a run that did its work. */
  public static final int DONE = 0;

  private static final int NAME_WIDTH = 28;

  /** How many were rejected for any reason. */
  public long rejects() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Starts the report of a run that begins now.
   *
   * @param wrote told the bytes of each table that is written
   */
  public static Builder of(String job, String runId, LongConsumer wrote) {
    return new Builder(job, runId, wrote);
  }

  /** Lines for the console. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s (%.1f s, run %s)".formatted(job, outcome, seconds, runId));
    String count = named("%,14d");
    if (in > 0) {
      lines.add(count.formatted(unit + " in", in));
      lines.add(count.formatted(unit + " accepted", out));
      rejected.forEach((reason, n) -> lines.add(count.formatted("rejected " + reason, n)));
    }
    noted.forEach((reason, n) -> lines.add(count.formatted("noted " + reason, n)));
    if (changes.any()) {
      lines.add(count.formatted("new", changes.added()));
      lines.add(count.formatted("changed", changes.changed()));
      lines.add(count.formatted("withdrawn", changes.withdrawn()));
    }
    String text = named("%s");
    facts.forEach((name, value) -> lines.add(text.formatted(name, value)));
    for (ReportTable table : tables) {
      lines.add("");
      table.lines().forEach(line -> lines.add("  " + line));
    }
    if (!tables.isEmpty()) {
      lines.add("");
    }
    written.forEach((name, what) -> lines.add(text.formatted(name, what)));
    if (bytes.read() + bytes.written() > 0) {
      lines.add(
          text.formatted(
              "bytes",
              "%s read, %s written"
                  .formatted(Bytes.text(bytes.read()), Bytes.text(bytes.written()))));
    }
    return lines;
  }

  /** A line's format: names in a column as wide as the widest of the facts. */
  private String named(String value) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    return "  %-" + Math.max(NAME_WIDTH, width) + "s " + value;
  }

  /** Collects a report. */
  public static final class Builder {
    private final String job;
    private final String runId;
    private final LongConsumer wrote;
    private final long startNanos = System.nanoTime();
    private String unit = "rows";
    private long in;
    private long out;
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> noted = new TreeMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ReportTable> tables = new ArrayList<>();
    private final Map<String, String> written = new LinkedHashMap<>();
    private Changes changes = Changes.NONE;
    private long bytesRead;
    private long bytesWritten;

    private Builder(String job, String runId, LongConsumer wrote) {
      this.job = job;
      this.runId = runId;
      this.wrote = wrote;
    }

    /** The books of the run. */
    public Builder books(String countedUnit, long countedIn, long countedOut) {
      unit = countedUnit;
      in = countedIn;
      out = countedOut;
      return this;
    }

    public Builder rejected(String reason, long count) {
      if (count > 0) {
        rejected.merge(reason, count, Long::sum);
      }
      return this;
    }

    public Builder noted(String reason, long count) {
      noted.merge(reason, count, Long::sum);
      return this;
    }

    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** The same unless something of the name was said before. */
    public Builder factIfNone(String name, String value) {
      facts.putIfAbsent(name, value);
      return this;
    }

    /** A table of counts. */
    public Builder counts(ReportTable table) {
      tables.add(table);
      return this;
    }

    /** How what the job keeps differs from what was there. */
    public Builder changes(Changes made) {
      changes = changes.plus(made);
      return this;
    }

    /** Bytes of the input that were read. */
    public Builder read(long bytes) {
      bytesRead += bytes;
      return this;
    }

    /** A table, the rows that it has of this run's, and its new snapshot. */
    public Builder table(Warehouse warehouse, TableDefinition<?> table, long rows, long snapshot) {
      written.put(warehouse.identifier(table), "%,d rows, snapshot %d".formatted(rows, snapshot));
      long bytes = warehouse.bytesAdded(table, snapshot);
      bytesWritten += bytes;
      wrote.accept(bytes);
      return this;
    }

    /**
     * What the stages of a run did.
     *
     * @param stages in the order of their runs; of one that ran twice the last tells what it found
     */
    public Builder sum(List<JobReport> stages) {
      Map<String, JobReport> last = new LinkedHashMap<>();
      for (JobReport stage : stages) {
        last.put(stage.job, stage);
        bytesRead += stage.bytes.read();
        bytesWritten += stage.bytes.written();
      }
      for (JobReport stage : last.values()) {
        stage.rejected.forEach(this::rejected);
        stage.noted.forEach(this::noted);
        written.putAll(stage.written);
      }
      return this;
    }

    /** A file or directory. */
    public Builder file(String name, String path) {
      written.put(name, path);
      return this;
    }

    /**
     * Fails when the books do not close.
     *
     * @throws IllegalStateException a defect of the program: some input was lost or counted twice
     */
    public Builder closeBooks() {
      long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
      if (in != out + sum) {
        throw new IllegalStateException(
            "%s: the books do not close: %,d %s in, %,d accepted, %,d rejected %s"
                .formatted(job, in, unit, out, sum, rejected));
      }
      return this;
    }

    /**
     * Fails when too much was rejected; called before anything is published.
     *
     * @throws DataRefusedException naming the reasons
     */
    public Builder refuseAbove(double maxRejectRatio) {
      return refuseAbove(maxRejectRatio, List::of);
    }

    /**
     * The same, showing some of what was rejected: it stands in no table then.
     *
     * @param examples asked for only when it fails
     */
    public Builder refuseAbove(double maxRejectRatio, Supplier<List<String>> examples) {
      // What was asked to be left out does not say that something is wrong with the input.
      long sum =
          rejected.entrySet().stream()
              .filter(e -> !e.getKey().equals(SliceReason.WITHDRAWN.name()))
              .mapToLong(Map.Entry::getValue)
              .sum();
      if (in > 0 && sum > maxRejectRatio * in) {
        List<String> shown = examples.get();
        throw new DataRefusedException(
            ("%s: %,d of %,d %s were rejected %s, more than max-reject-ratio = %s allows;"
                    + " nothing was published. %sLook at the input, or raise the ratio with --set")
                .formatted(
                    job,
                    sum,
                    in,
                    unit,
                    rejected,
                    maxRejectRatio,
                    shown.isEmpty() ? "" : "For example " + String.join("; ", shown) + ". "));
      }
      return this;
    }

    public JobReport done(String outcome) {
      return ended(DONE, outcome);
    }

    /** Of a run that failed; the figures are those that it came to. */
    public JobReport ended(int exitCode, String outcome) {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      return new JobReport(
          job,
          runId,
          exitCode,
          outcome,
          unit,
          in,
          out,
          rejected,
          noted,
          facts,
          tables,
          changes,
          written,
          new Bytes(bytesRead, bytesWritten),
          seconds);
    }
  }
}
