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
import org.headct.ich.jobs.bench.TensorsPeer.Way;
import org.headct.ich.jobs.bench.TensorsReport.Side;
import org.headct.ich.jobs.bench.TensorsReport.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code build-tensors} beside its pure core and beside Python: the same files, round by round in
 * turns, so that what else the machine does falls on all. {@code deploy/bench/tensors} builds and
 * runs it.
 */
@Command(
    name = "deploy/bench/tensors",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times build-tensors against pydicom, numpy and OpenCV, on the same slices.")
final class TensorsBench implements Callable<Integer> {
  /** Of the runs in a JVM of their own. */
  static final String HEAP = "-Xmx640m";

  @Option(names = "--slices", description = "Slices of 512 x 512, half a megabyte each.")
  private int slices = 2000;

  @Option(
      names = "--input",
      description = "A folder of files of RSNA's form, instead of generated ones.")
  private @Nullable Path input;

  @Option(names = "--rounds", description = "How often each makes tensors of all files.")
  private int rounds = 5;

  @Option(
      names = "--warm-ups",
      description = "Rounds before: a JVM compiles what it runs often. They do not count.")
  private int warmUps = 2;

  @Option(
      names = "--sizes",
      split = ",",
      description = "Also build-tensors alone on so many slices.")
  private List<Integer> sizes = new ArrayList<>();

  @Option(names = "--codecs", description = "Also Parquet's codecs, pages and row groups.")
  private boolean codecs;

  @Option(names = "--python", hidden = true)
  private Path python = Path.of("python3");

  @Option(names = "--peer", hidden = true, required = true)
  private Path peer = Path.of("tensors-peer.py");

  @Option(names = "--json", description = "Where the figures go as JSON.")
  private Path json = Path.of("bench-tensors.json");

  /** Runs it. */
  public static void main(String[] args) {
    // The script names a JSON file, which the user may name otherwise.
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
                theirs.resolve(Way.KEEPING_MEMORY.name()),
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
    System.out.println("as JSON: " + json.toAbsolutePath());
    if (distance.largest() > 1) {
      throw new IllegalStateException(
          "the peer's tensors are other tensors, %d grey levels apart: the times compare nothing"
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

  /** The runs that count. Each way of the peer leaves its tensors in a folder of its own. */
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
              case PEER -> peer(input, Way.KEEPING_MEMORY, theirs);
              case PLAIN_PEER -> peer(input, Way.PLAIN, theirs);
              case NAIVE_PEER -> peer(input, Way.WINDOWS_FIRST, theirs);
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

  private Run peer(TensorsInput input, Way way, Path theirs) throws Exception {
    Path own = Files.createDirectories(theirs.resolve(way.name()));
    return new TensorsPeer(python, peer, input.spec()).time(way, input.files(), own);
  }

  /** Each in a warehouse of its own, of the first slices of the dump, and in turns as well. */
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

  /** Progress; the report alone goes to standard output. */
  private static void say(String format, Object... values) {
    System.err.println(String.format(format, values));
  }
}
