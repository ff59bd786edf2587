package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.headct.ich.jobs.bench.MemoryProbe.Peak;

/**
 * What the benchmark found, for people and as JSON.
 *
 * @param bytes of a file
 * @param micros of a file, a value a round; the n-th of each belong together
 * @param perCore slices a second and core of {@code audit-dicom}, a value a run
 */
record DicomReport(
    int files,
    long bytes,
    Map<ReaderTask, List<Double>> micros,
    List<Double> perCore,
    List<Many> many) {

  /** {@code audit-dicom} over tiny objects. */
  record Many(int objects, Peak peak) {}

  private List<Double> of(ReaderTask task) {
    return Objects.requireNonNull(micros.get(task));
  }

  /** To the floor, round by round. */
  private List<Double> ratios(ReaderTask task) {
    List<Double> floor = of(ReaderTask.READ_ALL_BYTES);
    return IntStream.range(0, floor.size())
        .mapToObj(round -> of(task).get(round) / floor.get(round))
        .toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d files of %,d bytes, one thread, %d rounds"
            .formatted(files, bytes, of(ReaderTask.READ_ALL_BYTES).size()));
    lines.add(
        "%-22s %8s %8s %8s   %s"
            .formatted("us a file", "min", "median", "max", "to the first: min median max"));
    for (ReaderTask task : micros.keySet()) {
      lines.add(
          "%-22s %s   %s"
              .formatted(task.title(), spread("%8.1f", of(task)), spread("%8.2f", ratios(task))));
    }
    if (!perCore.isEmpty()) {
      lines.add(
          "audit-dicom, local[2], slices a second and core: %s"
              .formatted(spread("%8.1f", perCore)));
    }
    for (Many one : many) {
      lines.add(
          "audit-dicom, %,9d objects, -Xmx2g: %6.1f s, heap at most %,d MB, resident at most %,d MB"
              .formatted(
                  one.objects(), one.peak().seconds(), one.peak().heapMb(), one.peak().rssMb()));
    }
    return lines;
  }

  private static String spread(String format, List<Double> values) {
    return (format + " " + format + " " + format)
        .formatted(
            values.stream().min(Double::compare).orElseThrow(),
            Stopwatch.median(values),
            values.stream().max(Double::compare).orElseThrow());
  }

  String json() throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("files", files);
    all.put("bytes", bytes);
    all.put("cores", Runtime.getRuntime().availableProcessors());
    Map<String, Object> tasks = new LinkedHashMap<>();
    micros.forEach(
        (task, values) ->
            tasks.put(
                task.title(),
                Map.of("micros", values, "median-ratio", Stopwatch.median(ratios(task)))));
    all.put("tasks", tasks);
    all.put("audit-slices-per-second-and-core", perCore);
    all.put("many", many);
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }
}
