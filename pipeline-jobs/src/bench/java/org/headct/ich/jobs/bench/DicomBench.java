package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.domain.dicom.DicomDefectException;
import org.headct.ich.jobs.auditdicom.AuditDicomJob;
import org.headct.ich.jobs.bench.DicomReport.Many;
import org.headct.ich.jobs.bench.DicomReport.Round;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.testing.LabelFiles;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TinyDump;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Benchmark of the DICOM reader against {@code Files.readAllBytes}, and of {@code audit-dicom} over
 * the same files. One thread runs all tasks in turns, so that other load on the machine affects all
 * of them. {@code deploy/bench/dicom} builds and runs it.
 */
@Command(
    name = "deploy/bench/dicom",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times the DICOM reader against reading the bytes, on generated slices.")
final class DicomBench implements Callable<Integer> {
  @Option(names = "--files", description = "Slices of 512 x 512, half a megabyte each.")
  private int files = 300;

  @Option(names = "--rounds", description = "Number of rounds; each task reads all files once in a round.")
  private int rounds = 15;

  @Option(
      names = "--warm-ups",
      description = "Warm-up rounds, not counted: the JVM compiles code that runs often.")
  private int warmUps = 5;

  @Option(names = "--audit-files", description = "Number of slices that audit-dicom reads.")
  private int auditFiles = 4000;

  @Option(
      names = "--audits",
      description = "Runs of audit-dicom at each depth, after two warm-up runs.")
  private int audits = 5;

  @Option(
      names = "--objects",
      split = ",",
      description = "Also runs audit-dicom over this many tiny objects, with a heap of 2 GiB.")
  private List<Integer> objects = new ArrayList<>();

  @Option(
      names = "--flat",
      description = "Also reads these objects as files of one folder, after the archive.")
  private boolean flat;

  @Option(names = "--json", description = "JSON file for the results.")
  private Path json = Path.of("bench-dicom.json");

  private int seen;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    // The script passes a JSON file, and the user may name another one.
    System.exit(new CommandLine(new DicomBench()).setOverwrittenOptionsAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("ich-bench-dicom");
    try {
      run(folder);
      return 0;
    } finally {
      Stopwatch.delete(folder);
    }
  }

  private void run(Path folder) throws Exception {
    int written = Math.max(files, audits == 0 ? 0 : auditFiles);
    say("writing %,d slices", written);
    Path dump = folder.resolve("dump");
    List<Path> slices = new SliceFiles(written, 2019).write(dump).subList(0, files);
    Map<ReaderTask, List<Round>> read = new EnumMap<>(ReaderTask.class);
    for (int round = -warmUps; round < rounds; round++) {
      for (ReaderTask task : inTurns(round)) {
        Round timed = round(task, slices);
        if (round >= 0) {
          read.computeIfAbsent(task, t -> new ArrayList<>()).add(timed);
        }
      }
    }
    say(
        "%,d files read (%d)",
        (long) files * (rounds + warmUps) * ReaderTask.values().length, seen);
    Map<Depth, List<Run>> audited = audits == 0 ? Map.of() : audits(dump, written, folder);
    List<Many> many = many(folder);
    DicomReport report =
        new DicomReport(files, Files.size(slices.get(0)), read, written, audited, many);
    report.lines().forEach(System.out::println);
    Files.writeString(json, report.json());
    System.out.println("JSON file: " + json.toAbsolutePath());
  }

  /** Returns the tasks in forward or backward order, so that none always follows the same task. */
  private static List<ReaderTask> inTurns(int round) {
    List<ReaderTask> tasks = new ArrayList<>(List.of(ReaderTask.values()));
    if (round % 2 != 0) {
      Collections.reverse(tasks);
    }
    return tasks;
  }

  private Round round(ReaderTask task, List<Path> slices) throws IOException, DicomDefectException {
    // Garbage of the previous task must not count here.
    System.gc();
    List<Double> micros = new ArrayList<>(slices.size());
    for (Path slice : slices) {
      long start = System.nanoTime();
      seen += task.on(slice);
      micros.add((System.nanoTime() - start) / 1e3);
    }
    return Round.of(micros);
  }

  /** Runs the counted audits, each into a new warehouse. */
  private Map<Depth, List<Run>> audits(Path dump, int slices, Path folder) throws IOException {
    Map<Depth, List<Run>> runs = new EnumMap<>(Depth.class);
    for (int run = -2; run < audits; run++) {
      for (Depth depth : Depth.values()) {
        Run timed = audit(depth, dump, slices, Files.createDirectory(folder.resolve("audit")));
        say(
            "audit-dicom, depth %s: %.2f s, %.2f s of CPU",
            depth, timed.wallSeconds(), timed.cpuSeconds());
        if (run >= 0) {
          runs.computeIfAbsent(depth, d -> new ArrayList<>()).add(timed);
        }
      }
    }
    CommandSpark.session().stop();
    return runs;
  }

  private static Run audit(Depth depth, Path dump, int slices, Path own) throws IOException {
    Pipeline pipeline =
        new Pipeline(
            CommandSpark.session(),
            own,
            "dicom.input=" + dump,
            "audit.depth=" + depth.name().toLowerCase(Locale.ROOT));
    Stopwatch.Started started = Stopwatch.start();
    long taken = pipeline.run(new AuditDicomJob()).out();
    Run timed = started.stop();
    if (taken != slices) {
      throw new IllegalStateException("audit-dicom took %,d slices".formatted(taken));
    }
    Stopwatch.delete(own);
    return timed;
  }

  private List<Many> many(Path folder) throws Exception {
    List<Many> many = new ArrayList<>();
    for (int count : objects) {
      Path own = Files.createDirectory(folder.resolve("many-" + count));
      TinyDump dump = new TinyDump(LabelFiles.of(count), count, -1);
      Path archive = own.resolve("dump.zip");
      dump.write(archive);
      many.add(many(count, "objects of a zip", archive, own));
      if (flat) {
        Path files = own.resolve("stage_2_train");
        dump.writeFiles(files);
        many.add(many(count, "files of a folder", files, own));
      }
      Stopwatch.delete(own);
    }
    return many;
  }

  private static Many many(int count, String form, Path input, Path folder) throws Exception {
    say("audit-dicom over %,d tiny %s in a JVM of its own", count, form);
    Path own = Files.createDirectory(folder.resolve(form.replace(' ', '-')));
    return new Many(
        count,
        form,
        MemoryProbe.measure(
            "-Xmx2g",
            TinyAudit.class,
            own,
            input.toString(),
            own.toString(),
            Integer.toString(count)));
  }

  /** Prints progress to standard error. Only the report goes to standard output. */
  private static void say(String format, Object... values) {
    System.err.println(String.format(format, values));
  }
}
