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

/** Our job alone in a JVM with a small heap: what memory it takes. */
final class MemoryProbe {
  private static final String HEAP = "-Xmx1g";

  private MemoryProbe() {}

  /**
   * What a JVM took at most.
   *
   * @param heapMb sum of what its heap's pools held at most, megabytes
   * @param rssMb resident, with metaspace, code, stacks and Spark's buffers, megabytes
   */
  record Peak(long heapMb, long rssMb) {}

  /** Starts a JVM like this one but for its heap, which runs {@link #main}. */
  static Peak measure(Path labels, Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> !a.startsWith("-Xm"))
        .forEach(command::add);
    command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryProbe.class.getName(), labels.toString(), folder.toString()));
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
          "reshape-labels did not end well with %s: exit code %d".formatted(HEAP, exit));
    }
    String[] peak = lines.get(lines.size() - 1).split(" ", -1);
    return new Peak(Long.parseLong(peak[0]), Long.parseLong(peak[1]));
  }

  /**
   * Runs the job once and says its peaks.
   *
   * @param args the label file, a folder for the warehouse
   */
  public static void main(String[] args) throws Exception {
    new OurJob().prepare(Path.of(args[0]), Path.of(args[1], "probe")).run();
    System.out.println(heapBytes() / 1_000_000 + " " + rssKib() * 1024 / 1_000_000);
    System.exit(0);
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static long rssKib() throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.US_ASCII)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
