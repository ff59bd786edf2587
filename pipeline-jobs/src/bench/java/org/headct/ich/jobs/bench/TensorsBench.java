package org.headct.ich.jobs.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;
import org.headct.ich.jobs.bench.NumpyTensors.Distance;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.bench.TensorCodecs.Timed;
import org.headct.ich.jobs.bench.TensorsPeer.Variant;
import org.headct.ich.jobs.bench.TensorsReport.Side;
import org.headct.ich.jobs.bench.TensorsReport.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Benchmark of {@code build-tensors} against its pure core and against Python on the same files.
 * All run in turns, so that other load on the machine affects all of them. {@code
 * deploy/bench/tensors} builds and runs it.
 */
@Command(
    name = "deploy/bench/tensors",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times build-tensors against pydicom, numpy and OpenCV, on the same slices.")
final class TensorsBench implements Callable<Integer> {
  /** Heap of the runs in a JVM of their own. */
  static final String HEAP = "-Xmx640m";

  @Option(names = "--slices", description = "Slices of 512 x 512, half a megabyte each.")
  private int slices = 2000;

  @Option(
      names = "--input",
      description = "Folder with files in RSNA's form, instead of generated ones.")
  private @Nullable Path input;

  @Option(names = "--rounds", description = "Number of rounds; each side makes tensors of all files once in a round.")
  private int rounds = 5;

  @Option(
      names = "--warm-ups",
      description = "Warm-up rounds, not counted: the JVM compiles code that runs often.")
  private int warmUps = 2;

  @Option(
      names = "--sizes",
      split = ",",
      description = "Also runs only build-tensors on this many slices.")
  private List<Integer> sizes = new ArrayList<>();

  @Option(names = "--codecs", description = "Also measures Parquet's codecs, pages and row groups.")
  private boolean codecs;

  @Option(names = "--python", hidden = true)
  private Path python = Path.of("python3");

  @Option(names = "--peer", hidden = true, required = true)
  private Path peer = Path.of("tensors-peer.py");

  @Option(names = "--json", description = "JSON file for the results.")
  private Path json = Path.of("bench-tensors.json");

  /** Runs the benchmark. */
  public static void main(String[] args) {
    // The script passes a JSON file, and the user may name another one.
    System.exit(
        new CommandLine(new TensorsBench()).setOverwrittenOptionsAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("ich-bench-tensors");
    try {
      run(folder);
      return 0;
    } finally {
      TensorsRun.spark().stop();
      Stopwatch.delete(folder);
    }
  }

  private void run(Path folder) throws Exception {
    Path dump = input;
    if (dump == null) {
      int most = Stream.concat(Stream.of(slices), sizes.stream()).max(Integer::compare).get();
      say("writing %,d slices", most);
      dump = TensorsInput.generate(TensorsRun.spark(), folder, most);
    }
    say("auditing and selecting");
    TensorsInput all = TensorsInput.of(TensorsRun.spark(), dump, slices, folder.resolve("all"));
    Peak first = first(all);
    Path theirs = Files.createDirectory(folder.resolve("peer"));
    Map<Side, List<Run>> runs = inTurns(all, theirs);
    say("comparing the tensors");
    Distance distance =
        NumpyTensors.in(
                theirs.resolve(Variant.KEEPING_MEMORY.name()),
                TensorsPeer.PROCESSES,
                all.spec().lengthBytes())
            .from(all);
    Stopwatch.delete(theirs);
    Map<CodecChoice, List<Timed>> coded =
        codecs ? new TensorCodecs(all, folder.resolve("codecs")).measure(rounds) : Map.of();
    TensorsReport report =
        new TensorsReport(
            input == null ? "generated" : "given",
            all.slices().size(),
            all.bytes(),
            first,
            runs,
            distance,
            bySize(dump, folder),
            coded);
    report.lines().forEach(System.out::println);
    Files.writeString(json, report.json());
    System.out.println("JSON file: " + json.toAbsolutePath());
    if (distance.largest() > 1) {
      throw new IllegalStateException(
          "the peer's tensors differ by up to %d grey levels, so the times can't be compared"
              .formatted(distance.largest()));
    }
  }

  private static Peak first(TensorsInput input) throws Exception {
    say("build-tensors alone in a JVM of its own");
    return MemoryProbe.measure(
        HEAP,
        TensorsRun.class,
        input.folder(),
        input.folder().toString(),
        Integer.toString(input.slices().size()));
  }

  /**
   * Runs the counted rounds. Each variant of the peer writes its tensors into a folder of its own.
   */
  private Map<Side, List<Run>> inTurns(TensorsInput input, Path theirs) throws Exception {
    Map<Side, List<Run>> runs = new EnumMap<>(Side.class);
    TensorCore core = new TensorCore(input.spec());
    for (int round = -warmUps; round < rounds; round++) {
      List<Side> sides = new ArrayList<>(List.of(Side.values()));
      if (round % 2 != 0) {
        Collections.reverse(sides);
      }
      for (Side side : sides) {
        Run run =
            switch (side) {
              case JOB -> TensorsRun.time(input.pipeline(), input.slices().size());
              case CORE -> core.time(input.files());
              case PEER -> peer(input, Variant.KEEPING_MEMORY, theirs);
              case PLAIN_PEER -> peer(input, Variant.PLAIN, theirs);
              case NAIVE_PEER -> peer(input, Variant.WINDOWS_FIRST, theirs);
            };
        say("%-40s %7.2f s, %7.2f s of CPU", side.title(), run.wallSeconds(), run.cpuSeconds());
        if (round >= 0) {
          runs.computeIfAbsent(side, s -> new ArrayList<>()).add(run);
        }
      }
    }
    say("%,d rounds (%d)", rounds + warmUps, core.seen());
    return runs;
  }

  private Run peer(TensorsInput input, Variant variant, Path theirs) throws Exception {
    Path own = Files.createDirectories(theirs.resolve(variant.name()));
    return new TensorsPeer(python, peer, input.spec()).time(variant, input.files(), own);
  }

  /**
   * Runs each size in a warehouse of its own, with the first slices of the dump, also in turns.
   */
  private List<Size> bySize(Path dump, Path folder) throws Exception {
    List<Size> bySize = new ArrayList<>();
    List<TensorsInput> parts = new ArrayList<>();
    for (int size : sizes) {
      TensorsInput part =
          TensorsInput.of(TensorsRun.spark(), dump, size, folder.resolve("size-" + size));
      parts.add(part);
      bySize.add(new Size(part.slices().size(), first(part), new ArrayList<>()));
    }
    for (int round = -warmUps; round < rounds; round++) {
      for (int i = 0; i < parts.size(); i++) {
        Run run = TensorsRun.time(parts.get(i).pipeline(), bySize.get(i).slices());
        say("%,d slices: %.2f s", bySize.get(i).slices(), run.wallSeconds());
        if (round >= 0) {
          bySize.get(i).runs().add(run);
        }
      }
    }
    return bySize;
  }

  /** Prints progress to standard error. Only the report goes to standard output. */
  private static void say(String format, Object... values) {
    System.err.println(String.format(format, values));
  }
}
