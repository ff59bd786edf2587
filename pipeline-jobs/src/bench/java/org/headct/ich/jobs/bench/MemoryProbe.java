package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measurement of a program's memory and time in a JVM of its own with a small heap. */
final class MemoryProbe {
  private MemoryProbe() {}

  /**
   * Peak memory and time of a JVM.
   *
   * @param heapMb the sum of the heap pools' peaks, megabytes
   * @param rssMb the peak of resident memory with metaspace, code, stacks and Spark's buffers,
   *     megabytes
   * @param seconds the time of the work in seconds, without the start of JVM and session
   */
  record Peak(long heapMb, long rssMb, double seconds) {}

  /** Work to measure. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * Starts a JVM that differs from this one only in its heap.
   *
   * @param heap the heap option, such as {@code -Xmx1g}
   * @param program the class to run; its {@code main} ends with {@link #tell}
   */
  static Peak measure(String heap, Class<?> program, Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> !a.startsWith("-Xm"))
        .forEach(command::add);
    command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("probe.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    List<String> lines = Files.readAllLines(output);
    if (exit != 0 || lines.isEmpty()) {
      throw new IllegalStateException(
          "%s failed with %s: exit code %d"
              .formatted(program.getSimpleName(), heap, exit));
    }
    String[] peak = lines.get(lines.size() - 1).split(" ", -1);
    return new Peak(Long.parseLong(peak[0]), Long.parseLong(peak[1]), Double.parseDouble(peak[2]));
  }

  /** Does the work, prints the peaks and ends the JVM. */
  static void tell(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(heapBytes() / 1_000_000 + " " + peakBytes() / 1_000_000 + " " + seconds);
    System.exit(0);
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Returns Linux's high-water mark of resident memory, native and heap, in bytes. */
  static long peakBytes() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.US_ASCII)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    return 0;
  }
}
