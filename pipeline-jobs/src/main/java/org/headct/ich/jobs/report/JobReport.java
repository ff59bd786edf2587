package org.headct.ich.jobs.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;

/**
 * The result of a run: how many items came in, went out or were rejected and why, and the tables
 * and files written.
 *
 * @param job the command
 * @param runId the id of the run
 * @param exitCode the command's exit code; 0 for success
 * @param outcome one line: what happened, or why it failed
 * @param unit the thing that {@code in}, {@code out} and the rejects count, such as rows or objects
 * @param in number of items that came in
 * @param out number of items accepted
 * @param rejected number of items rejected, by reason; {@code in = out + sum of rejected}
 * @param noted number of items accepted but noteworthy, by reason
 * @param advice what the user should know or do next
 * @param facts further figures, in order
 * @param tables tables of counts, in order
 * @param changes difference between the rows or objects that the job keeps now and before
 * @param written tables with their new snapshot, files with their size
 * @param bytes bytes read from the input and written to tables
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
    Advice advice,
    Map<String, String> facts,
    List<ReportTable> tables,
    Changes changes,
    Map<String, String> written,
    Bytes bytes,
    double seconds) {

  /**
   * Difference between the state after and before the run. Each item is counted once.
   *
   * @param added items that are new
   * @param changed items that existed before and differ now
   * @param withdrawn items that existed before and are gone
   */
  public record Changes(long added, long changed, long withdrawn) {
    public static final Changes NONE = new Changes(0, 0, 0);

    /** Returns the sum of both. */
    public Changes plus(Changes other) {
      return new Changes(added + other.added, changed + other.changed, withdrawn + other.withdrawn);
    }

    boolean any() {
      return added + changed + withdrawn > 0;
    }
  }

  /**
   * Warnings and next steps for the user.
   *
   * @param warnings what may be wrong although the run succeeded, one sentence each
   * @param next commands that usually follow, without {@code ich} and without the settings that the
   *     user repeats
   */
  public record Advice(List<String> warnings, List<String> next) {
    public static final Advice NONE = new Advice(List.of(), List.of());
  }

  /**
   * Bytes read and written.
   *
   * @param read bytes of label files and DICOM objects, not of tables
   * @param written bytes of the tables' new data files
   */
  public record Bytes(long read, long written) {}

  /** The beginning of the lines that need attention. */
  public static final String ATTENTION = "  ! ";

  /** The exit code of a successful run. */
  public static final int DONE = 0;

  /** Returns the number of items rejected for any reason. */
  public long rejects() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Starts the report of a run that begins now.
   *
   * @param wrote receives the number of bytes of each table that is written
   */
  public static Builder of(String job, String runId, LongConsumer wrote) {
    return new Builder(job, runId, wrote);
  }

  /** Returns the lines for the console. */
  public List<String> lines() {
    return new ReportLines(this).all();
  }

  /** A report that is being collected. */
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
    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<String> next = new ArrayList<>();
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

    /**
     * Sets the counts that must reconcile.
     *
     * @param countedIn number of items that came in
     * @param countedOut number of items accepted
     */
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

    /** Adds a warning: what is doubtful, and what to do, in one sentence or two. */
    public Builder warning(String text) {
      warnings.add(text);
      return this;
    }

    /** Adds a command that usually follows, such as {@code select-slices}. */
    public Builder next(String command) {
      next.add(command);
      return this;
    }

    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Adds a fact, unless one of that name exists. */
    public Builder factIfNone(String name, String value) {
      facts.putIfAbsent(name, value);
      return this;
    }

    /** Adds a table of counts. */
    public Builder counts(ReportTable table) {
      tables.add(table);
      return this;
    }

    /** Adds differences between the rows or objects that the job keeps now and before. */
    public Builder changes(Changes made) {
      changes = changes.plus(made);
      return this;
    }

    /** Adds bytes read from the input. */
    public Builder read(long bytes) {
      bytesRead += bytes;
      return this;
    }

    /** Adds a table, the number of its rows that come from this run, and its new snapshot. */
    public Builder table(Warehouse warehouse, TableDefinition<?> table, long rows, long snapshot) {
      written.put(warehouse.identifier(table), "%,d rows, snapshot %d".formatted(rows, snapshot));
      long bytes = warehouse.bytesAdded(table, snapshot);
      bytesWritten += bytes;
      wrote.accept(bytes);
      return this;
    }

    /**
     * Adds what the stages of a run did.
     *
     * @param stages reports in the order of the runs; of a stage that ran twice, the counts of the
     *     last run
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
        warnings.addAll(stage.advice.warnings());
        written.putAll(stage.written);
      }
      return this;
    }

    /** Adds a file or directory. */
    public Builder file(String name, String path) {
      written.put(name, path);
      return this;
    }

    /**
     * Checks that the counts reconcile.
     *
     * @throws IllegalStateException if they do not: a defect of the program lost some input or
     *     counted it twice
     */
    public Builder closeBooks() {
      long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
      if (in != out + sum) {
        throw new IllegalStateException(
            "%s: counts do not reconcile: %,d %s in, %,d accepted, %,d rejected %s"
                .formatted(job, in, unit, out, sum, rejected));
      }
      return this;
    }

    /**
     * Fails if too many items are damaged. Items that are no CT image do not count, but an input of
     * nothing else is refused. Call it before anything is published.
     *
     * @throws DataRefusedException if the ratio is above the limit; names the reasons
     */
    public Builder refuseAbove(double maxRejectRatio) {
      return refuseAbove(maxRejectRatio, List::of);
    }

    /**
     * Fails if too many items are damaged, and shows examples, because no table holds them then.
     *
     * @param examples supplies rejected items; called only on failure
     */
    public Builder refuseAbove(double maxRejectRatio, Supplier<List<String>> examples) {
      RejectShare share = RejectShare.of(in, rejected);
      if (share.isAbove(maxRejectRatio)) {
        List<String> shown = examples.get();
        throw new DataRefusedException(
            "%s: %s; nothing was published. %s%sLook at the input, or raise the ratio with --set"
                .formatted(
                    job,
                    share.describe(unit, maxRejectRatio),
                    share.describeSetAside(unit),
                    shown.isEmpty() ? "" : "For example " + String.join("; ", shown) + ". "));
      }
      if (!share.setAside().isEmpty()) {
        fact("set aside", share.fact(unit));
      }
      return this;
    }

    public JobReport done(String outcome) {
      return ended(DONE, outcome);
    }

    /** Returns the report of a run that may have failed, with the figures collected so far. */
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
          new Advice(List.copyOf(warnings), List.copyOf(next)),
          facts,
          tables,
          changes,
          written,
          new Bytes(bytesRead, bytesWritten),
          seconds);
    }
  }
}
