package org.headct.ich.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.jobs.bench.Contestant.Outcome;
import org.headct.ich.jobs.bench.Contestant.Prepared;
import org.headct.ich.jobs.testing.LabelFiles.Truth;

/** Stopwatch that runs a contestant in a folder of its own, times it, and checks the result. */
final class Stopwatch {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Path folder;
  private int runs;

  /**
   * Creates a stopwatch.
   *
   * @param folder the folder for the runs' output
   */
  Stopwatch(Path folder) {
    this.folder = folder;
  }

  /**
   * Times of one run.
   *
   * @param wallSeconds the wall time from call to return
   * @param cpuSeconds the CPU time of all threads of this process in that time, with compiler and
   *     collector
   */
  record Run(double wallSeconds, double cpuSeconds) {}

  /** Run in progress. */
  record Started(long wallNanos, long cpuNanos) {
    Run stop() {
      return new Run(
          (System.nanoTime() - wallNanos) / 1e9, (PROCESS.getProcessCpuTime() - cpuNanos) / 1e9);
    }
  }

  static Started start() {
    return new Started(System.nanoTime(), PROCESS.getProcessCpuTime());
  }

  Run time(Contestant contestant, Path labels, Truth truth) throws Exception {
    Path own = Files.createDirectory(folder.resolve("run-" + runs++));
    Prepared prepared = contestant.prepare(labels, own);
    // Garbage of the previous run must not count here.
    System.gc();
    Started started = start();
    Outcome outcome = prepared.run();
    Run run = started.stop();
    outcome.count().mustBe(truth, contestant.name());
    delete(own);
    return run;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Formats minimum, median and maximum, each by {@code format}. Returns "-" for no values. */
  static String spread(String format, List<Double> values) {
    return values.isEmpty()
        ? "-"
        : (format + " " + format + " " + format)
            .formatted(
                values.stream().min(Double::compare).orElseThrow(),
                median(values),
                values.stream().max(Double::compare).orElseThrow());
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
