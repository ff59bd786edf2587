package org.headct.ich.jobs.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headct.ich.domain.ct.TensorSpec;
import org.headct.ich.jobs.bench.Stopwatch.Run;

/** pydicom, numpy and OpenCV on as many processes as Spark has cores; times are the peer's own. */
record TensorsPeer(Path python, Path script, TensorSpec spec) {
  static final int PROCESSES = 2;

  /**
   * How the peer works. glibc gives a large array's memory back when the array goes, and the next
   * one faults its pages in again, which can take longer than the arithmetic; two variables of the
   * environment make it keep the memory.
   */
  enum Way {
    /** At its fastest. */
    KEEPING_MEMORY("hu-first", KEEP),
    /** As Python comes. */
    PLAIN("hu-first", Map.of()),
    /** As most notebooks do; these are other tensors. */
    WINDOWS_FIRST("windows-first", KEEP);

    private final String order;
    private final Map<String, String> environment;

    Way(String order, Map<String, String> environment) {
      this.order = order;
      this.environment = environment;
    }
  }

  private static final Map<String, String> KEEP =
      Map.of("MALLOC_MMAP_THRESHOLD_", "1000000000", "MALLOC_TRIM_THRESHOLD_", "2000000000");

  /** What the peer tells. */
  record Told(double wallSeconds, double cpuSeconds, List<Double> loopSeconds, int slices) {}

  /**
   * One run.
   *
   * @param folder receives the tensors, {@link NumpyTensors#in} reads them
   */
  Run time(Way way, List<Path> files, Path folder) throws IOException, InterruptedException {
    Path listing = folder.resolve("files.txt");
    Files.write(listing, files.stream().map(Path::toString).toList());
    Path output = folder.resolve("peer.json");
    String windows =
        spec.windows().stream()
            .map(w -> w.centerHu() + "/" + w.widthHu())
            .collect(Collectors.joining(","));
    ProcessBuilder peer =
        new ProcessBuilder(
                python.toString(),
                script.toString(),
                listing.toString(),
                folder.toString(),
                Integer.toString(PROCESSES),
                Integer.toString(spec.size()),
                windows,
                way.order)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile());
    peer.environment().putAll(way.environment);
    int exit = peer.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("the peer did not end well: exit code " + exit);
    }
    Told told =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .readValue(Files.readString(output, StandardCharsets.UTF_8), Told.class);
    if (told.slices() != files.size()) {
      throw new IllegalStateException("the peer made %,d tensors".formatted(told.slices()));
    }
    return new Run(told.wallSeconds(), told.cpuSeconds());
  }
}
