package org.headct.ich.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter console = new StringWriter();

  @Test
  void saysHowManyWereFoundWhereNobodyKnowsHowManyThereAre() throws Exception {
    try (Progress progress = Progress.asLines(new PrintWriter(console))) {
      progress.step("listing dicom.input");
      Thread.sleep(2100);
      progress.found(120_000, "objects");
    }

    assertThat(console.toString()).contains("listing dicom.input: 120,000 objects");
  }

  @Test
  void aShortListingSaysNothing() {
    try (Progress progress = Progress.asLines(new PrintWriter(console))) {
      progress.step("listing dicom.input");
      progress.found(1000, "objects");
    }

    assertThat(console.toString()).isEmpty();
  }
}
