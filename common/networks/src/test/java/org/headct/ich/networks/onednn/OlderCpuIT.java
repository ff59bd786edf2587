package org.headct.ich.networks.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests for CPUs with fewer instructions than this one may have. An environment variable limits
 * oneDNN to them; it then uses other layouts and other code.
 */
class OlderCpuIT {
  /**
   * Uses 57 pixels, where the last stage's activations are smaller than their kernels. AVX2 has no
   * code for the gradient of their weights in the layout of the others.
   */
  @ParameterizedTest
  @CsvSource({
    "AVX2, RESNET18, BINARY, 3, 57",
    "SSE41, RESNET18, MULTILABEL, 9, 57",
  })
  void gradientsAreRightAndNoConvolutionIsLeftToPlainLoops(
      String instructions, String network, String head, int channels, int side) throws Exception {
    assertRight(instructions, network, head, channels, side);
  }

  @ParameterizedTest
  @Tag("nightly")
  @CsvSource({
    "AVX2, RESNET50, MULTILABEL, 3, 64",
    "AVX2, CNN4, BINARY, 1, 32",
    "AVX, RESNET18, BINARY, 3, 57",
  })
  void ofOtherNetworksToo(String instructions, String network, String head, int channels, int side)
      throws Exception {
    assertRight(instructions, network, head, channels, side);
  }

  private static void assertRight(
      String instructions, String network, String head, int channels, int side) throws Exception {
    GradientTruth.Measured measured =
        with(instructions, network, head, Integer.toString(channels), Integer.toString(side));

    assertThat(measured.error()).isLessThan(measured.bound());
    assertThat(measured.score()).isLessThan(1e-4);
    assertThat(measured.plainLoops()).doesNotContain("convolution");
  }

  private static GradientTruth.Measured with(String instructions, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1g", "-cp", System.getProperty("java.class.path"), GradientTruth.class.getName()));
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    child.environment().put("DNNL_MAX_CPU_ISA", instructions);
    Process process = child.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String line = output.lines().filter(l -> l.startsWith("{")).findFirst().orElseThrow();
    return new ObjectMapper().readValue(line, GradientTruth.Measured.class);
  }
}
