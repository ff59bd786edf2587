package org.headct.ich.jobs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.headct.ich.jobs.bench.DuckDb.Formulation;
import org.headct.ich.jobs.bench.LabelsReport.Series;
import org.headct.ich.jobs.bench.LabelsReport.Size;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.testing.LabelFiles;
import org.headct.ich.jobs.testing.LabelFiles.Truth;
import org.headct.ich.jobs.testing.TestSpark;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Benchmark of {@code reshape-labels} against DuckDB and a bare loop, on a file as large as the
 * published one. All run in one JVM, in turns, so that other load on the machine affects all of
 * them. {@code deploy/bench/labels} builds and runs it.
 */
@Command(
    name = "deploy/bench/labels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times reshape-labels against DuckDB and a bare loop, on a generated label file.")
final class LabelsBench implements Callable<Integer> {
  private static final List<Long> SIZES = List.of(500_000L, 1_500_000L, 4_500_000L, 18_000_000L);
  private static final int RUNS_A_SIZE = 3;

  /** Number of trial runs of each formulation, before the fastest is chosen. */
  private static final int TRIALS = 2;

  @Option(names = "--rows", description = "Approximate number of rows. Default: as in the published file.")
  private long rows = LabelFiles.stage2().rows();

  @Option(names = "--pairs", description = "Number of rounds; each contestant runs once in a round.")
  private int pairs = 5;

  @Option(
      names = "--warm-ups",
      description = "Warm-up runs of each: the JVM compiles code that runs often. They are shown too.")
  private int warmUps = 12;

  @Option(names = "--sizes", description = "Also runs only reshape-labels at 0.5, 1.5, 4.5 and 18 million rows.")
  private boolean sizes;

  @Option(names = "--json", description = "JSON file for the results.")
  private Path json = Path.of("bench-labels.json");

  private @Nullable Stopwatch stopwatch;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    // The script passes a JSON file, and the user may name another one.
    System.exit(
        new CommandLine(new LabelsBench()).setOverwrittenOptionsAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("ich-bench-labels");
    try {
      run(folder);
      return 0;
    } finally {
      TestSpark.session().stop();
      Stopwatch.delete(folder);
    }
  }

  private void run(Path folder) throws Exception {
    stopwatch = new Stopwatch(folder);
    Path file = folder.resolve("labels.csv");
    LabelFiles labels = LabelFiles.ofRows(rows);
    say("writing %,d rows", labels.rows());
    Truth truth = labels.write(file);
    long bytes = Files.size(file);
    OurJob ours = new OurJob();
    Series our = new Series(ours, time(ours, file, truth));
    Series duck = fastestDuck(file, truth);
    BareLoop bare = new BareLoop();
    Series loop = new Series(bare, time(bare, file, truth));
    for (int run = 0; run < warmUps; run++) {
      for (Series one : List.of(our, duck, loop)) {
        one.warmUps().add(time(one.contestant(), file, truth));
      }
    }
    for (int pair = 0; pair < pairs; pair++) {
      // Contestants change places, so that neither always runs in the state that the other left.
      for (Series one : pair % 2 == 0 ? List.of(our, duck, loop) : List.of(duck, our, loop)) {
        one.add(time(one.contestant(), file, truth));
      }
    }
    say("reshape-labels alone in a JVM of its own");
    Peak peak =
        MemoryProbe.measure("-Xmx1g", OurJob.class, folder, file.toString(), folder.toString());
    Files.delete(file);
    List<Size> bySize = sizes ? bySize(ours, folder) : List.of();
    Run shuffled = shuffled(ours, folder);
    LabelsReport report =
        new LabelsReport(labels.rows(), bytes, List.of(our, duck, loop), peak, bySize, shuffled);
    report.lines().forEach(System.out::println);
    Files.writeString(json, report.json());
    System.out.println("JSON file: " + json.toAbsolutePath());
  }

  /** Returns the formulation of DuckDB's query that is fastest on this machine. */
  private Series fastestDuck(Path file, Truth truth) throws Exception {
    Series fastest = null;
    double best = Double.POSITIVE_INFINITY;
    for (Formulation formulation : Formulation.values()) {
      DuckDb duck = new DuckDb(formulation);
      Run first = time(duck, file, truth);
      double warm = Double.POSITIVE_INFINITY;
      for (int run = 0; run < TRIALS; run++) {
        warm = Math.min(warm, time(duck, file, truth).wallSeconds());
      }
      if (warm < best) {
        best = warm;
        fastest = new Series(duck, first);
      }
    }
    return Objects.requireNonNull(fastest);
  }

  private List<Size> bySize(OurJob ours, Path folder) throws Exception {
    List<Size> bySize = new ArrayList<>();
    for (long wanted : SIZES) {
      Path file = folder.resolve("labels-" + wanted + ".csv");
      LabelFiles labels = LabelFiles.ofRows(wanted);
      Truth truth = labels.write(file);
      List<Run> runs = new ArrayList<>();
      for (int run = 0; run < RUNS_A_SIZE; run++) {
        runs.add(time(ours, file, truth));
      }
      Files.delete(file);
      bySize.add(new Size(labels.rows(), runs));
    }
    return bySize;
  }

  /** Runs the job on a file of equal size, in which no two rows of an image are neighbours. */
  private Run shuffled(OurJob ours, Path folder) throws Exception {
    Path file = folder.resolve("shuffled.csv");
    Run run = time(ours, file, LabelFiles.ofRows(rows).shuffled().write(file));
    Files.delete(file);
    return run;
  }

  private Run time(Contestant contestant, Path file, Truth truth) throws Exception {
    Run run = Objects.requireNonNull(stopwatch).time(contestant, file, truth);
    say(
        "%-26s %,12d rows %7.2f s, %7.2f s of CPU",
        contestant.name(), truth.rows(), run.wallSeconds(), run.cpuSeconds());
    return run;
  }

  /** Prints progress to standard error. Only the report goes to standard output. */
  private static void say(String format, Object... values) {
    System.err.println(String.format(format, values));
  }
}
