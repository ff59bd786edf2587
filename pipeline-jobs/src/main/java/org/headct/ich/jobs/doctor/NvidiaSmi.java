package org.headct.ich.jobs.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of {@code nvidia-smi} on this machine.
 *
 * @param driver version of the driver
 * @param cuda newest CUDA version that the driver runs; empty if the program does not say
 * @param gpus the GPUs, in the program's order
 */
record NvidiaSmi(String driver, String cuda, List<Gpu> gpus) {
  private static final Pattern CUDA = Pattern.compile("CUDA Version:\\s*([0-9.]+)");
  private static final int PATIENCE_SECONDS = 20;

  /**
   * One GPU.
   *
   * @param memory memory with its unit
   * @param capability compute capability, such as 8.6; empty if an older program does not say
   */
  record Gpu(String index, String name, String memory, String capability) {
    String line() {
      String computes = capability.isEmpty() ? "" : ", compute capability " + capability;
      return "%s: %s, %s%s".formatted(index, name, memory, computes);
    }
  }

  NvidiaSmi {
    gpus = List.copyOf(gpus);
  }

  /**
   * Runs the program. Returns empty if it is not on the PATH or fails, as it does without a driver.
   */
  static Optional<NvidiaSmi> ask() {
    Optional<String> head = output("nvidia-smi");
    Optional<String> rows =
        output(
            "nvidia-smi",
            "--query-gpu=index,name,memory.total,compute_cap,driver_version",
            "--format=csv,noheader");
    return head.flatMap(text -> rows.flatMap(csv -> parse(text, csv)));
  }

  /**
   * Parses the program's output; empty if it lists no GPU.
   *
   * @param head the table that the program prints without options; its head names CUDA
   * @param csv index, name, memory, compute capability and driver, one line for each GPU
   */
  static Optional<NvidiaSmi> parse(String head, String csv) {
    List<String[]> rows =
        csv.lines()
            .map(line -> line.strip().split("\\s*,\\s*"))
            .filter(r -> r.length == 5)
            .toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Matcher cuda = CUDA.matcher(head);
    return Optional.of(
        new NvidiaSmi(
            rows.get(0)[4],
            cuda.find() ? cuda.group(1) : "",
            rows.stream()
                .map(r -> new Gpu(r[0], r[1], r[2], r[3].matches("\\d+\\.\\d+") ? r[3] : ""))
                .toList()));
  }

  private static Optional<String> output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      // The program is not on this machine, which is a valid answer.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
