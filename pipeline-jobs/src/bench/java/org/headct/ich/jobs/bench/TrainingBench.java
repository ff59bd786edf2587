package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Benchmark of a training step against PyTorch and Deeplearning4j's own layers. See {@code
 * deploy/bench/training}.
 */
@Command(
    name = "deploy/bench/training",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times training steps of ResNets against PyTorch.")
final class TrainingBench implements Callable<Integer> {
  /** Programs that compute the step. */
  enum Side {
    /** This project's graphs. */
    OURS,
    /** The same graphs, computed by Deeplearning4j's layers with its oneDNN helper. */
    DL4J,
    PYTORCH,
    PYTORCH_CHANNELS_LAST
  }

  /** Network, image size and batch size of a measurement. */
  record Case(String network, int side, int batch) {
    static Case of(String text) {
      String[] parts = text.split(":", -1);
      return new Case(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  /** Output of a child process. */
  record Told(List<Double> seconds, long peakBytes) {}

  /** Line of the table. */
  record Measured(Case what, int threads, Side side, List<Double> imagesPerSecond, long peakBytes) {
    double median() {
      return Stopwatch.median(imagesPerSecond);
    }
  }

  // With one thread and a batch under 16, PyTorch computes 1×1 convolutions with the reference
  // BLAS instead of oneDNN. So the networks with bottlenecks use 16, to be fair.
  @Option(names = "--cases", split = ",", description = "Networks to measure: NETWORK:SIDE:BATCH.")
  private List<String> cases =
      List.of("resnet18:64:16", "resnet18:224:8", "resnet50:224:16", "resnet152:224:16");

  @Option(names = "--threads", split = ",", description = "Numbers of threads of a process.")
  private List<Integer> threads = List.of(1, 2);

  @Option(names = "--sides", split = ",", description = "Programs to measure: ${COMPLETION-CANDIDATES}.")
  private List<Side> sides = List.of(Side.values());

  @Option(names = "--steps", description = "Timed steps of a process, after two warm-up steps.")
  private int steps = 5;

  @Option(names = "--rounds", description = "Number of processes of each program.")
  private int rounds = 3;

  @Option(names = "--workers", description = "Also compares two of our processes at once with one.")
  private boolean workers;

  @Option(names = "--python", hidden = true)
  private Path python = Path.of("python3");

  @Option(names = "--peer", hidden = true, required = true)
  private Path peer = Path.of("training-peer.py");

  @Option(names = "--json", description = "JSON file for the results.")
  private Path json = Path.of("bench-training.json");

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new TrainingBench()).setOverwrittenOptionsAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Measured> all = new ArrayList<>();
    for (String text : cases) {
      for (int count : threads) {
        all.addAll(measure(Case.of(text), count));
      }
      if (workers) {
        sideBySide(Case.of(text));
      }
    }
    Files.writeString(
        json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    System.out.println("JSON file: " + json.toAbsolutePath());
    return 0;
  }

  private List<Measured> measure(Case what, int count) throws Exception {
    List<List<Double>> rates = new ArrayList<>();
    long[] peaks = new long[sides.size()];
    sides.forEach(s -> rates.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int s = 0; s < sides.size(); s++) {
        Told told = told(start(what, count, sides.get(s)));
        rates.get(s).add(what.batch() / Stopwatch.median(told.seconds()));
        peaks[s] = Math.max(peaks[s], told.peakBytes());
      }
    }
    List<Measured> measured = new ArrayList<>();
    double torch = 0;
    for (int s = 0; s < sides.size(); s++) {
      measured.add(new Measured(what, count, sides.get(s), rates.get(s), peaks[s]));
      if (sides.get(s).name().startsWith("PYTORCH")) {
        torch = Math.max(torch, measured.get(s).median());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s, %d pixels, batch %d, %d thread(s), images a second, median of %d%n",
        what.network(),
        what.side(),
        what.batch(),
        count,
        rounds);
    for (Measured m : measured) {
      System.out.printf(
          Locale.ROOT,
          "  %-22s %8.2f   %s%.2f GB%n",
          m.side(),
          m.median(),
          torch == 0
              ? ""
              : String.format(Locale.ROOT, "%5.2f × the better PyTorch   ", m.median() / torch),
          m.peakBytes() / 1e9);
    }
    return measured;
  }

  /** Compares two workers of one thread with one, by their total images a second. */
  private void sideBySide(Case what) throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double alone = what.batch() / Stopwatch.median(told(start(what, 1, Side.OURS)).seconds());
      Process first = start(what, 1, Side.OURS);
      Process second = start(what, 1, Side.OURS);
      double together =
          what.batch() / Stopwatch.median(told(first).seconds())
              + what.batch() / Stopwatch.median(told(second).seconds());
      ratios.add(together / alone);
    }
    System.out.printf(
        Locale.ROOT, "  two workers of one thread: %.2f × one%n", Stopwatch.median(ratios));
  }

  private Process start(Case what, int count, Side side) throws IOException {
    List<String> command = new ArrayList<>();
    List<String> form =
        List.of(what.network(), Integer.toString(what.side()), Integer.toString(what.batch()));
    if (side == Side.OURS || side == Side.DL4J) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(a -> a.startsWith("--add-opens") || a.startsWith("-XX:+Ignore"))
          .forEach(command::add);
      command.addAll(
          List.of(
              "-Xmx1g",
              "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
              "-Dorg.bytedeco.javacpp.maxbytes=20g",
              "-cp",
              System.getProperty("java.class.path"),
              TrainingStep.class.getName()));
      command.addAll(form);
      command.addAll(List.of(Integer.toString(steps), side.name().toLowerCase(Locale.ROOT)));
    } else {
      command.addAll(List.of(python.toString(), peer.toString()));
      command.addAll(form);
      command.addAll(
          List.of(
              Integer.toString(count),
              Integer.toString(steps),
              side == Side.PYTORCH ? "plain" : "channels-last"));
    }
    ProcessBuilder child = new ProcessBuilder(command);
    child.redirectError(
        side == Side.OURS || side == Side.DL4J
            ? ProcessBuilder.Redirect.DISCARD
            : ProcessBuilder.Redirect.INHERIT);
    child.environment().put("OMP_NUM_THREADS", Integer.toString(count));
    return child.start();
  }

  private static Told told(Process child) throws IOException, InterruptedException {
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = child.waitFor();
    String line = output.lines().filter(l -> l.startsWith("{")).findFirst().orElse("");
    if (exit != 0 || line.isEmpty()) {
      throw new IllegalStateException(
          "a measurement failed with exit code %d: %s".formatted(exit, output));
    }
    return new ObjectMapper().readValue(line, Told.class);
  }
}
