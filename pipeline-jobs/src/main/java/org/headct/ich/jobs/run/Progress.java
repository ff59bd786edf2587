package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * The progress of a long step and the time when it will end: a bar on a terminal, a line every ten
 * seconds elsewhere. It counts the tasks of running Spark jobs by itself. A step that knows better,
 * such as a training epoch, reports its own count with {@link #at}.
 */
public final class Progress extends SparkListener implements AutoCloseable {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int TERMINAL_INTERVAL_MS = 250;
  private static final int LOG_INTERVAL_MS = 10_000;
  private static final int MAX_LINE = 110;
  private static final long UNKNOWN = -1;

  private final @Nullable PrintWriter lines;
  private final Map<Integer, Long> tasksOfJob = new HashMap<>();
  private String step = "";
  private String lastLine = "";
  private boolean counted;
  private long startNanos = System.nanoTime();
  private long total;
  private long done;
  private @Nullable ProgressBar bar;

  private Progress(@Nullable PrintWriter lines) {
    this.lines = lines;
  }

  /** Shows a bar on the terminal's standard error. */
  public static Progress onTerminal() {
    return new Progress(null);
  }

  /** Prints a line every ten seconds, for logs and pipes. */
  public static Progress asLines(PrintWriter lines) {
    return new Progress(lines);
  }

  /** Names the next step. Tasks of Spark jobs are counted until the step after it. */
  public synchronized void step(String name) {
    clear();
    step = name;
    counted = false;
  }

  /** Reports a count that the step keeps itself. The first call stops the counting of tasks. */
  public synchronized void at(long doneNow, long totalNow, String extra) {
    counted = true;
    done = doneNow;
    total = totalNow;
    show(extra);
  }

  /** Reports a count whose total is unknown, such as files found by a listing. */
  public synchronized void found(long soFar, String extra) {
    if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
      at(soFar, UNKNOWN, extra);
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (counted) {
      return;
    }
    long tasks =
        JavaConverters.seqAsJavaList(job.stageInfos()).stream().mapToLong(s -> s.numTasks()).sum();
    if (tasksOfJob.isEmpty()) {
      clear();
    }
    tasksOfJob.put(job.jobId(), tasks);
    total += tasks;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (!counted && task.reason() == Success$.MODULE$) {
      done++;
      if (System.nanoTime() - startNanos > PATIENCE_NANOS) {
        show("tasks");
      }
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd job) {
    if (!counted && tasksOfJob.remove(job.jobId()) != null && tasksOfJob.isEmpty()) {
      clear();
    }
  }

  private void show(String extra) {
    ProgressBar shown = bar;
    if (shown == null) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(step)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setMaxRenderedLength(MAX_LINE)
              .setUpdateIntervalMillis(lines == null ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS)
              .setConsumer(
                  lines == null
                      ? new ConsoleProgressBarConsumer(System.err)
                      : new DelegatingProgressBarConsumer(this::line))
              .startsFrom(0, Duration.ofNanos(System.nanoTime() - startNanos));
      if (total == UNKNOWN) {
        // With an unknown total the library's own bar is mostly question marks.
        builder.setRenderer(
            (state, width) ->
                "%s: %,d %s"
                    .formatted(state.getTaskName(), state.getCurrent(), state.getExtraMessage()));
      }
      shown = builder.build();
      bar = shown;
    }
    shown.maxHint(total);
    shown.stepTo(total == UNKNOWN ? done : Math.min(done, total));
    shown.setExtraMessage(extra);
  }

  private void line(String text) {
    String line = text.strip();
    // The bar renders its last state twice when it closes.
    if (lines != null && !line.equals(lastLine)) {
      lines.println(line);
      lines.flush();
      lastLine = line;
    }
  }

  private void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    tasksOfJob.clear();
    done = 0;
    total = 0;
    startNanos = System.nanoTime();
  }

  @Override
  public synchronized void close() {
    clear();
  }
}
