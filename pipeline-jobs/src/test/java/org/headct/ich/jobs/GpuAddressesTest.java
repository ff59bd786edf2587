package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code deploy/bin/gpu-addresses} with a stand-in for {@code nvidia-smi}. */
class GpuAddressesTest {
  @TempDir Path folder;

  @Test
  void printsSparksJson() throws Exception {
    Outcome two = run("echo 0; echo 1");
    assertThat(two.code()).isZero();
    assertThat(new ObjectMapper().readValue(two.out(), Map.class))
        .isEqualTo(Map.of("name", "gpu", "addresses", List.of("0", "1")));
    assertThat(two.err()).isEmpty();
    assertThat(run("printf '7\\n'").out()).contains("[\"7\"]");
  }

  /** The script must ask only for the numbers. */
  @Test
  void asksForTheNumbers() throws Exception {
    Outcome asked =
        run("[ \"$*\" = '--query-gpu=index --format=csv,noheader' ] && echo 0 || exit 9");
    assertThat(asked.code()).as(asked.err()).isZero();
  }

  @Test
  void failsWhereThereIsNone() throws Exception {
    assertFails(run("exit 0"), "names no GPU");
    assertFails(run("echo No devices were found"), "No devices were found");
    assertFails(run("echo cannot talk to the driver; exit 9"), "cannot talk to the driver");
    Files.delete(folder.resolve("nvidia-smi"));
    assertFails(run(null), "no nvidia-smi on the PATH");
  }

  private static void assertFails(Outcome outcome, String message) {
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("gpu-addresses: ").contains(message);
  }

  private Outcome run(@Nullable String nvidiaSmi) throws IOException, InterruptedException {
    Script script = new Script(folder);
    if (nvidiaSmi != null) {
      script.program("nvidia-smi", nvidiaSmi);
    }
    // A real nvidia-smi of the machine must not be found.
    return script
        .with("PATH", folder.toString())
        .run("/bin/bash", Repository.top().resolve("deploy/bin/gpu-addresses").toString());
  }
}
