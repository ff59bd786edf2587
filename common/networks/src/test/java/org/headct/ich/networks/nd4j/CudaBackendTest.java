package org.headct.ich.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CudaBackendTest {
  /**
   * Covers Kepler's K80 to Ampere and, by binary compatibility, Ada; but not Hopper or Blackwell.
   */
  @Test
  void codeRunsOnTheGenerationsThatItWasCompiledForAndLaterOnesOfTheSameFirstNumber() {
    assertThat(List.of("3.7", "5.0", "5.3", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6", "8.9"))
        .allMatch(CudaBackend::runsOn);
    assertThat(List.of("3.5", "9.0", "10.0", "12.0")).noneMatch(CudaBackend::runsOn);
  }

  @Test
  void gpusStandInTheEnvironmentsInformation() {
    Properties environment = new Properties();
    environment.put(
        "cuda.devicesInformation",
        List.of(
            Map.of(
                "cuda.deviceName",
                "NVIDIA A100",
                "cuda.totalMemory",
                42L << 30,
                "cuda.deviceMajor",
                8L,
                "cuda.deviceMinor",
                0L)));
    assertThat(CudaBackend.gpus(environment).get(0).line())
        .isEqualTo("0: NVIDIA A100, 43,008 MiB, compute capability 8.0");
    assertThat(CudaBackend.gpus(new Properties())).isEmpty();
  }

  @Test
  void theLinkersWordsWithoutTheCache() {
    Throwable e =
        new ExceptionInInitializerError(
            new UnsatisfiedLinkError(
                "/home/somebody/.javacpp/cache/x.jar/linux-x86_64/libjnicudart.so: libcuda.so.1: cannot open shared object file"));
    assertThat(CudaBackend.reason(e)).isEqualTo("libcuda.so.1: cannot open shared object file");
  }
}
