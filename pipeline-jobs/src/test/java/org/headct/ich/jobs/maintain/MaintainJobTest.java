package org.headct.ich.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.modelstore.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintainJobTest {
  @TempDir private Path models = Path.of("");

  @Test
  void theOutcomeIsALine() {
    assertThat(MaintainJob.outcome(0)).isEqualTo("freed 0.0 MB");
    assertThat(MaintainJob.outcome(12_345_678)).isEqualTo("freed 12.3 MB");
    assertThat(MaintainJob.outcome(20_600_000_000L)).isEqualTo("freed 20.6 GB");
    assertThat(MaintainJob.outcome(-2_000_000))
        .isEqualTo("freed nothing: compacted files take 2.0 MB more until older snapshots expire");
  }

  /** If a model's needs are unknown, nothing is removed. */
  @Test
  void aRunThatCannotBeReadIsRefused() throws IOException {
    Files.writeString(
        Files.createDirectory(models.resolve("half")).resolve("run.json"), "{\"run\":");

    assertThatThrownBy(() -> KeepTags.ofRuns(Runs.all(new Configuration(), models.toString())))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageContaining("run.json of half cannot be read")
        .hasMessageContaining("nothing was removed");
  }
}
