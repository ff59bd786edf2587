package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.phantom.PhantomDump;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a run that needs more than the few megabytes of the warehouse's disk. */
class DiskFullIT {
  private static final String MEGABYTES = "3";

  @TempDir private Path folder = Path.of("");

  private Path disk = folder;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectories(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", disk) == 0;
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk)).isZero();
    }
  }

  private static int run(Object... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      // The program is missing, which counts like a missing right to run it.
      return -1;
    }
  }

  @Test
  void isToldAndLeavesTheTablesAsTheyWere() throws Exception {
    assumeTrue(mounted, "a disk of its own can be mounted (needs root): skipped without one");
    Path dump = folder.resolve("dump");
    Pipeline pipeline =
        Pipeline.overPhantoms(
                TestSpark.session(), folder, dump, "tensors.size=64", "tensors.datasets=binary")
            .withWarehouse(disk.toString());
    pipeline.run(
        new MakePhantomsJob(), "phantoms.patients=12", "phantoms.slices=5", "phantoms.size=64");
    pipeline.run(Pipeline.refreshJob());
    Map<String, String> before = pipeline.contents();
    Path report = folder.resolve("report.json");

    CommandLine.Result result =
        new CommandLine(Files.createDirectories(folder.resolve("work")))
            .run(
                "build-tensors",
                "--report",
                report.toString(),
                "--set",
                "tensors.datasets=binary",
                "--set",
                "tensors.size=512",
                "--set",
                "warehouse.path=" + disk,
                "--set",
                "reports.path=" + folder.resolve("reports"),
                "--set",
                "dicom.input=" + dump.resolve(PhantomDump.FOLDER));

    assertThat(result.code()).as(String.join("\n", result.err())).isEqualTo(3);
    assertThat(result.err().get(result.err().size() - 1))
        .startsWith("ich: a disk is full (No space left on device). Tables are as their last")
        .containsPattern("warehouse.path = " + disk + ": [0-9.]+ [KM]?B");
    assertThat(pipeline.contents()).isEqualTo(before);
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("exitCode").asInt()).isEqualTo(3);
    assertThat(told.path("outcome").asText()).startsWith("a disk is full");
    assertThat(folder.resolve("reports/runs")).isNotEmptyDirectory();
  }
}
