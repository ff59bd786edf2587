package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;
import org.headct.ich.jobs.bench.NumpyTensors.Distance;
import org.headct.ich.jobs.bench.Stopwatch.Run;
import org.headct.ich.jobs.bench.TensorCodecs.Timed;
import org.headct.ich.jobs.batch.TensorReads.Layout;

/**
 * Results of the benchmark, as text and as JSON.
 *
 * @param source the origin of the slices: generated or given
 * @param bytes the number of bytes of the slice files
 * @param first the first run in a JVM
 * @param runs the runs by side; the n-th runs of all sides belong together
 * @param distance the difference between the tensors of job and peer
 */
record TensorsReport(
    String source,
    int slices,
    long bytes,
    Peak first,
    Map<Side, List<Run>> runs,
    Distance distance,
    List<Size> sizes,
    Map<CodecChoice, List<Timed>> codecs) {

  /** Programs that make tensors. */
  enum Side {
    JOB("build-tensors, local[2]"),
    CORE("its core, one thread"),
    PEER("pydicom, numpy, OpenCV, 2 processes"),
    PLAIN_PEER("the same, malloc as it comes"),
    NAIVE_PEER("the same, windows before resizing");

    private final String title;

    Side(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * Runs of the job at one size.
   *
   * @param first the first run, in a JVM of its own
   */
  record Size(int slices, Peak first, List<Run> runs) {
    double medianMs(ToDoubleFunction<Run> seconds) {
      return Stopwatch.median(runs.stream().map(r -> seconds.applyAsDouble(r) * 1e3).toList())
          / slices;
    }
  }

  private List<Run> of(Side side) {
    return Objects.requireNonNull(runs.get(side));
  }

  private List<Double> rates(Side side) {
    return of(side).stream().map(run -> slices / run.wallSeconds()).toList();
  }

  private List<Double> cpuMs(Side side) {
    return of(side).stream().map(run -> run.cpuSeconds() * 1e3 / slices).toList();
  }

  /** Returns the ratios of one side's times to the other's, round by round. */
  private List<Double> ratios(Side one, Side other, ToDoubleFunction<Run> seconds) {
    return IntStream.range(0, of(one).size())
        .mapToObj(
            round ->
                seconds.applyAsDouble(of(one).get(round))
                    / seconds.applyAsDouble(of(other).get(round)))
        .toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%,d %s slices, %,d MB in the page cache; %d rounds"
            .formatted(slices, source, bytes / 1_000_000, of(Side.JOB).size()));
    lines.add(
        "%-38s %-26s %-24s %s"
            .formatted("", "slices a second", "CPU ms a slice", "relative to build-tensors: time, CPU"));
    lines.add(
        "%-38s %8s %8s %8s %7s %7s %7s   %5s %6s %5s %7s"
            .formatted(
                "", "min", "median", "max", "min", "median", "max", "min", "median", "max",
                "median"));
    runs.forEach(
        (side, all) ->
            lines.add(
                "%-38s %s %s   %s %7.2f"
                    .formatted(
                        side.title(),
                        Stopwatch.spread("%8.0f", rates(side)),
                        Stopwatch.spread("%7.2f", cpuMs(side)),
                        Stopwatch.spread("%5.2f", ratios(side, Side.JOB, Run::wallSeconds)),
                        Stopwatch.median(ratios(side, Side.JOB, Run::cpuSeconds)))));
    lines.add(
        "build-tensors, first run of a JVM, %s: %.0f slices a second; heap at most %,d MB, resident at most %,d MB"
            .formatted(TensorsBench.HEAP, slices / first.seconds(), first.heapMb(), first.rssMb()));
    lines.add(
        "tensors of build-tensors and OpenCV: differ by at most %d grey levels, in %.4f %% of the pixels"
            .formatted(distance.largest(), 100 * distance.share()));
    for (Size size : sizes) {
      lines.add(
          "build-tensors, %,6d slices: median %.3f ms a slice, %.3f of CPU; first run of a JVM %.2f s, heap at most %,d MB, resident at most %,d MB"
              .formatted(
                  size.slices(),
                  size.medianMs(Run::wallSeconds),
                  size.medianMs(Run::cpuSeconds),
                  size.first().seconds(),
                  size.first().heapMb(),
                  size.first().rssMb()));
    }
    if (sizes.size() > 1) {
      lines.add(
          "each further slice, from the smallest to the largest size: %.3f ms, %.3f of CPU"
              .formatted(slopeMs(Run::wallSeconds), slopeMs(Run::cpuSeconds)));
    }
    if (!codecs.isEmpty()) {
      lines.add("Parquet files of these tensors: megabytes of pixels in a second of one thread's CPU time");
      lines.add(
          "%-12s %-9s %11s %11s %13s %24s %24s"
              .formatted(
                  "codec",
                  "pages",
                  "rows a page",
                  "a row group",
                  "bytes a slice",
                  "MB written, min med max",
                  "MB read, min med max"));
    }
    codecs.forEach((choice, all) -> lines.add(line(choice, all)));
    return lines;
  }

  /** Returns the time of a slice without the fixed time of a run, in ms. */
  private double slopeMs(ToDoubleFunction<Run> seconds) {
    Size least = Collections.min(sizes, Comparator.comparingInt(Size::slices));
    Size most = Collections.max(sizes, Comparator.comparingInt(Size::slices));
    return (most.medianMs(seconds) * most.slices() - least.medianMs(seconds) * least.slices())
        / (most.slices() - least.slices());
  }

  private static String line(CodecChoice choice, List<Timed> all) {
    Layout layout = all.get(0).layout();
    return "%s %11.1f %11.1f %13.0f %24s %24s"
        .formatted(
            choice.title(),
            (double) layout.rows() / layout.pages(),
            (double) layout.rows() / layout.rowGroups(),
            all.get(0).bytesASlice(),
            Stopwatch.spread("%.0f", values(all, Timed::writeMb)),
            Stopwatch.spread("%.0f", values(all, Timed::readMb)));
  }

  private static List<Double> values(List<Timed> all, ToDoubleFunction<Timed> value) {
    return all.stream().mapToDouble(value).boxed().toList();
  }

  String json() throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("source", source);
    all.put("slices", slices);
    all.put("bytes", bytes);
    all.put("cores", Runtime.getRuntime().availableProcessors());
    all.put("heap", TensorsBench.HEAP);
    all.put("first", first);
    Map<String, Object> sides = new LinkedHashMap<>();
    runs.forEach(
        (side, rounds) ->
            sides.put(
                side.title(),
                Map.of(
                    "rounds",
                    rounds,
                    "median-slices-a-second",
                    Stopwatch.median(rates(side)),
                    "median-time-to-build-tensors",
                    Stopwatch.median(ratios(side, Side.JOB, Run::wallSeconds)),
                    "median-cpu-to-build-tensors",
                    Stopwatch.median(ratios(side, Side.JOB, Run::cpuSeconds)))));
    all.put("sides", sides);
    all.put("distance", distance);
    all.put("sizes", sizes);
    all.put(
        "codecs",
        codecs.entrySet().stream()
            .map(e -> Map.of("choice", e.getKey(), "rounds", e.getValue()))
            .toList());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }
}
