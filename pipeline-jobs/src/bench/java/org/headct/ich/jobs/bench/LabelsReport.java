package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;
import org.headct.ich.jobs.bench.Stopwatch.Run;

/**
 * Results of the benchmark, as text and as JSON.
 *
 * @param series the runs of this project, of DuckDB, and of the others
 */
record LabelsReport(
    long rows, long bytes, List<Series> series, Peak peak, List<Size> sizes, Run shuffled) {

  /** Runs of one contestant. The n-th runs of all contestants belong together. */
  record Series(Contestant contestant, Run first, List<Run> warmUps, List<Run> runs) {
    Series(Contestant contestant, Run first) {
      this(contestant, first, new ArrayList<>(), new ArrayList<>());
    }

    void add(Run run) {
      runs.add(run);
    }

    List<Double> wall() {
      return values(Run::wallSeconds);
    }

    List<Double> cpu() {
      return values(Run::cpuSeconds);
    }

    private List<Double> values(ToDoubleFunction<Run> value) {
      return runs.stream().mapToDouble(value).boxed().toList();
    }
  }

  /** Runs of {@code reshape-labels} at one size. */
  record Size(long rows, List<Run> runs) {
    double medianSeconds() {
      return Stopwatch.median(runs.stream().map(Run::wallSeconds).toList());
    }

    double secondsPerMillion() {
      return medianSeconds() / rows * 1e6;
    }
  }

  /** Returns the ratios of our times to DuckDB's, pair by pair. */
  private List<Double> ratios() {
    List<Double> ours = series.get(0).wall();
    List<Double> ducks = series.get(1).wall();
    return IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / ducks.get(i)).toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%,d rows, %.1f MB, two threads each, session start excluded; seconds"
            .formatted(rows, bytes / 1e6));
    lines.add(
        "%-26s %12s   %-22s   %-22s"
            .formatted("", "first run", "wall min median max", "CPU min median max"));
    for (Series one : series) {
      lines.add(
          "%-26s %5.2f (%4.1f)   %-22s   %-22s"
              .formatted(
                  one.contestant().name(),
                  one.first().wallSeconds(),
                  one.first().cpuSeconds(),
                  Stopwatch.spread("%6.2f", one.wall()),
                  Stopwatch.spread("%6.2f", one.cpu())));
    }
    Series our = series.get(0);
    lines.add(
        "%s, warm-up runs before: %s"
            .formatted(
                our.contestant().name(),
                String.join(
                    " ",
                    our.warmUps().stream().map(r -> "%.2f".formatted(r.wallSeconds())).toList())));
    if (!ratios().isEmpty()) {
      lines.add(
          "ours / DuckDB, pair by pair: %s; median %.2f"
              .formatted(
                  String.join(" ", ratios().stream().map(r -> "%.2f".formatted(r)).toList()),
                  Stopwatch.median(ratios())));
    }
    lines.add(
        "reshape-labels alone under -Xmx1g: heap at most %,d MB, resident at most %,d MB"
            .formatted(peak.heapMb(), peak.rssMb()));
    lines.add(
        "reshape-labels, rows in random order: %.2f s, %.2f s of CPU"
            .formatted(shuffled.wallSeconds(), shuffled.cpuSeconds()));
    for (Size size : sizes) {
      lines.add(
          "reshape-labels, %,12d rows: median %6.2f s, %.2f s a million rows"
              .formatted(size.rows(), size.medianSeconds(), size.secondsPerMillion()));
    }
    return lines;
  }

  String json() throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", rows);
    all.put("bytes", bytes);
    all.put("cores", Runtime.getRuntime().availableProcessors());
    Map<String, Object> contestants = new LinkedHashMap<>();
    for (Series one : series) {
      contestants.put(
          one.contestant().name(),
          Map.of(
              "first",
              seconds(one.first()),
              "warm-ups",
              one.warmUps().stream().map(LabelsReport::seconds).toList(),
              "runs",
              one.runs().stream().map(LabelsReport::seconds).toList()));
    }
    all.put("contestants", contestants);
    all.put("shuffled", seconds(shuffled));
    all.put("ratios", ratios());
    if (!ratios().isEmpty()) {
      all.put("median-ratio", Stopwatch.median(ratios()));
    }
    all.put("peak", Map.of("heap-mb", peak.heapMb(), "rss-mb", peak.rssMb()));
    all.put(
        "sizes",
        sizes.stream()
            .map(
                s ->
                    Map.of(
                        "rows",
                        s.rows(),
                        "runs",
                        s.runs().stream().map(LabelsReport::seconds).toList()))
            .toList());
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static Map<String, Double> seconds(Run run) {
    return Map.of("wall", run.wallSeconds(), "cpu", run.cpuSeconds());
  }
}
