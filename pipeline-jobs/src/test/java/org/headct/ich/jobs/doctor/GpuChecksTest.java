package org.headct.ich.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuChecksTest {
  private static final String HEAD =
      "| NVIDIA-SMI 535.104.05    Driver Version: 535.104.05   CUDA Version: 12.2     |";
  private static final String CSV =
      """
      0, NVIDIA A100-SXM4-40GB, 40960 MiB, 8.0, 535.104.05
      1, NVIDIA H100 80GB HBM3, 81559 MiB, 9.0, 535.104.05
      """;

  @Test
  void driverAndGpusAreTold() {
    List<Finding> findings = GpuChecks.machine(NvidiaSmi.parse(HEAD, CSV), true);
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).line())
        .startsWith("OK ")
        .endsWith("nvidia driver      535.104.05, runs CUDA up to 12.2");
    assertThat(findings.get(1).line())
        .startsWith("OK ")
        .endsWith("0: NVIDIA A100-SXM4-40GB, 40960 MiB, compute capability 8.0");
    assertThat(findings.get(2).line())
        .startsWith("FAIL ")
        .contains("1: NVIDIA H100 80GB HBM3")
        .contains("this jar's CUDA code is for compute capability 3.7");
  }

  @Test
  void aCpuJarLeavesThemIdle() {
    assertThat(GpuChecks.machine(NvidiaSmi.parse(HEAD, CSV), false))
        .allMatch(f -> f.level() == Finding.Level.OK);
  }

  @Test
  void withoutADriverACudaJarFailsWithTheRemedy() {
    assertThat(GpuChecks.machine(Optional.empty(), true).get(0).line())
        .startsWith("FAIL ")
        .contains("install a driver, or build for the CPU");
    assertThat(GpuChecks.machine(Optional.empty(), false).get(0).level())
        .isEqualTo(Finding.Level.OK);
  }

  /** An older program does not know compute_cap and says "[N/A]". */
  @Test
  void whatTheProgramDoesNotSayIsLeftOut() {
    NvidiaSmi old =
        NvidiaSmi.parse("NVIDIA-SMI 418", "0, Tesla K80, 11441 MiB, [N/A], 418.39").orElseThrow();
    assertThat(old.cuda()).isEmpty();
    assertThat(old.gpus().get(0).line()).isEqualTo("0: Tesla K80, 11441 MiB");
    assertThat(NvidiaSmi.parse(HEAD, "No devices were found")).isEmpty();
  }
}
