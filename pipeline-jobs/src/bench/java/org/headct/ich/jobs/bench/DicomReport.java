package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.headct.ich.domain.config.DicomConfig.Depth;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;
import org.headct.ich.jobs.bench.Stopwatch.Run;

/**
 * Results of the benchmark, as text and as JSON.
 *
 * @param bytes the size of a file in bytes
 * @param read the rounds by task; the n-th rounds of all tasks belong together
 * @param audited the runs of {@code audit-dicom} over {@code auditFiles} files, by depth
 */
record DicomReport(
    int files,
    long bytes,
    Map<ReaderTask, List<Round>> read,
    int auditFiles,
    Map<Depth, List<Run>> audited,
    List<Many> many) {

  /**
   * Times of one task over all files.
   *
   * @param median the median time of a file; interruptions and garbage collections hardly change it
   * @param mean the mean time of a file, with all interruptions
   */
  record Round(double median, double mean) {
    static Round of(List<Double> micros) {
      return new Round(
          Stopwatch.median(micros),
          micros.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
  }

  /** Number of Spark's cores for the audit. */
  static final int CORES = 2;

  /**
   * Run of {@code audit-dicom} over tiny objects.
   *
   * @param form the form of the dump: archive or folder
   */
  record Many(int objects, String form, Peak peak) {}

  private List<Double> of(ReaderTask task, Function<Round, Double> value) {
    return Objects.requireNonNull(read.get(task)).stream().map(value).toList();
  }

  /** Returns the ratios to {@code Files.readAllBytes}, round by round. */
  private List<Double> ratios(ReaderTask task, Function<Round, Double> value) {
    List<Double> floor = of(ReaderTask.READ_ALL_BYTES, value);
    List<Double> times = of(task, value);
    return IntStream.range(0, floor.size())
        .mapToObj(round -> times.get(round) / floor.get(round))
        .toList();
  }

  private List<Double> perCore(List<Run> runs, ToDoubleFunction<Run> seconds) {
    return runs.stream().map(run -> auditFiles / seconds.applyAsDouble(run)).toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d files of %,d bytes, one thread, %d rounds"
            .formatted(files, bytes, of(ReaderTask.READ_ALL_BYTES, Round::median).size()));
    lines.add(
        "%-22s %-28s %-26s %s".formatted("", "us, the median file", "to readAllBytes", "mean"));
    lines.add(
        "%-22s %8s %8s %8s   %7s %7s %7s   %7s %7s"
            .formatted("", "min", "median", "max", "min", "median", "max", "us", "ratio"));
    for (ReaderTask task : read.keySet()) {
      lines.add(
          "%-22s %s   %s   %7.1f %7.2f"
              .formatted(
                  task.title(),
                  Stopwatch.spread("%8.1f", of(task, Round::median)),
                  Stopwatch.spread("%7.2f", ratios(task, Round::median)),
                  Stopwatch.median(of(task, Round::mean)),
                  Stopwatch.median(ratios(task, Round::mean))));
    }
    audited.forEach(
        (depth, runs) ->
            lines.add(
                "audit-dicom, %,d slices, local[2], depth %-6s: slices per second and core %s; per CPU second %s"
                    .formatted(
                        auditFiles,
                        depth.name().toLowerCase(Locale.ROOT),
                        Stopwatch.spread("%.0f", perCore(runs, run -> CORES * run.wallSeconds())),
                        Stopwatch.spread("%.0f", perCore(runs, Run::cpuSeconds)))));
    for (Many one : many) {
      lines.add(
          "audit-dicom, %,9d %-17s, -Xmx2g: %6.1f s, heap at most %,d MB, resident at most %,d MB"
              .formatted(
                  one.objects(),
                  one.form(),
                  one.peak().seconds(),
                  one.peak().heapMb(),
                  one.peak().rssMb()));
    }
    return lines;
  }

  String json() throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("files", files);
    all.put("bytes", bytes);
    all.put("cores", Runtime.getRuntime().availableProcessors());
    Map<String, Object> tasks = new LinkedHashMap<>();
    read.forEach(
        (task, rounds) ->
            tasks.put(
                task.title(),
                Map.of(
                    "rounds",
                    rounds,
                    "median-ratio",
                    Stopwatch.median(ratios(task, Round::median)),
                    "mean-ratio",
                    Stopwatch.median(ratios(task, Round::mean)))));
    all.put("tasks", tasks);
    all.put("audit-files", auditFiles);
    all.put("audits", audited);
    all.put("many", many);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }
}
