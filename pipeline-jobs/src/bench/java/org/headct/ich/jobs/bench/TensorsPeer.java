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

/**
 * Peer of {@code build-tensors}: pydicom, numpy and OpenCV on as many processes as Spark has cores.
 * The peer measures its own times.
 */
record TensorsPeer(Path python, Path script, TensorSpec spec) {
  static final int PROCESSES = 2;

  /**
   * Variants of the peer. glibc returns the memory of a large array to the system when the array is
   * freed. The next array then causes page faults, which can take longer than the arithmetic. Two
   * environment variables make glibc keep the memory.
   */
  enum Variant {
    /** The fastest variant. */
    KEEPING_MEMORY("hu-first", KEEP),
    /** Python with its default settings. */
    PLAIN("hu-first", Map.of()),
    /** The order of most notebooks. Its tensors differ. */
    WINDOWS_FIRST("windows-first", KEEP);

    private final String order;
    private final Map<String, String> environment;

    Variant(String order, Map<String, String> environment) {
      this.order = order;
      this.environment = environment;
    }
  }

  private static final Map<String, String> KEEP =
      Map.of("MALLOC_MMAP_THRESHOLD_", "1000000000", "MALLOC_TRIM_THRESHOLD_", "2000000000");

  /** Output of the peer. */
  record Told(double wallSeconds, double cpuSeconds, List<Double> loopSeconds, int slices) {}

  /**
   * Runs the peer once.
   *
   * @param folder the folder for the tensors, which {@link NumpyTensors#in} reads
   */
  Run time(Variant variant, List<Path> files, Path folder) throws IOException, InterruptedException {
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
                variant.order)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile());
    peer.environment().putAll(variant.environment);
    int exit = peer.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("the peer failed: exit code " + exit);
    }
    Told told =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .readValue(Files.readString(output, StandardCharsets.UTF_8), Told.class);
    if (told.slices() != files.size()) {
      throw new IllegalStateException("the peer made only %,d tensors".formatted(told.slices()));
    }
    return new Run(told.wallSeconds(), told.cpuSeconds());
  }
}
