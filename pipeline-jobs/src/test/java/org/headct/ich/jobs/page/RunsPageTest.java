package org.headct.ich.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.page.RunsReport.Epoch;
import org.headct.ich.jobs.page.RunsReport.Run;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunsPageTest {
  private static String html = "";

  @BeforeAll
  static void render() {
    html = EvaluationPageTest.withoutLibrary(RunsPage.render(SampleRuns.report()));
  }

  @Test
  void theTableHasEachRunWithItsBestEpoch() {
    String row = html.substring(html.indexOf(">binary-a</th>"));
    assertThat(row.substring(0, row.indexOf("</tr>")).replaceAll("<[^>]+>", " "))
        .containsSubsequence(
            "resnet-18",
            "binary: any",
            "2019",
            "11,178,049",
            "8 of 8",
            "5",
            "0.3000",
            "0.920",
            "44.5",
            "6789012345");
    assertThat(html).contains("Left out: old (unknown field)").doesNotContain("five <b>");
  }

  @Test
  void evaluationsStandWithTheirIntervals() {
    assertThat(html)
        .contains("0.91 [0.85, 0.96]", "0.87 [0.82, 0.91]", "SELECT * FROM ich.metrics");
  }

  @Test
  void aRunHasItsConfigurationAndFourCharts() {
    for (String title :
        List.of("Loss of", "Validation ROC AUC of", "Learning rate of", "Speed of")) {
      assertThat(html).contains(title + " binary-a");
    }
    assertThat(html).contains("by patient, stable, test 0.2", "2 workers × 16");
  }

  @Test
  void theBestEpochIsThatOfTheLeastValidationLossOrTheLast() {
    assertThat(SampleRuns.report().runs()).extracting(Run::best).containsExactly(5, 5, 1);
    Epoch epoch = new Epoch(3, 0.1, 0.5, Double.NaN, Map.of(), 1);
    Run run = SampleRuns.report().runs().get(0);
    assertThat(epoch.meanAuc()).isNaN();
    assertThat(run.epochs().get(0).meanAuc()).isEqualTo(0.6);
  }

  @Test
  void thePageSaysWhoseHeadsAndLoadsNothing() {
    assertThat(html).contains("Not for clinical use.", "synthetic phantoms");
    assertThat(EvaluationPageTest.FETCHED.matcher(html).find()).isFalse();
  }
}
