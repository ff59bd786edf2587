package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.headct.ich.pages.RunsReport.Epoch;
import org.headct.ich.pages.RunsReport.Run;
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
    assertThat(row(">binary-a</th>"))
        .containsSubsequence(
            "resnet-18",
            "binary: any",
            "900",
            "by patient, stable",
            "2019",
            "11,178,049",
            "8 of 8",
            "5",
            "0.3000",
            "0.920",
            "44.5",
            "720.0",
            "0.400",
            "0.02",
            "6789012345");
    assertThat(html).contains("Left out: old (unknown field)").doesNotContain("five <b>");
  }

  @Test
  void evaluationsStandWithTheirIntervals() {
    assertThat(html)
        .contains("0.91 [0.86, 0.92]", "0.87 [0.82, 0.91]", "SELECT * FROM ich.metrics");
  }

  @Test
  void runsOfAPresetStandBelowWhatTheyRepeat() {
    String table = html.substring(html.indexOf("CNN4, slices randomised"));
    assertThat(table.substring(0, table.indexOf("Thesis, experiment 1")).replaceAll("<[^>]+>", " "))
        .containsSubsequence(
            "0.981",
            "run cq500-cnn4-by-slice",
            "1,234 slices, 321 positive",
            "0.98 [0.93, 0.99]",
            "CNN4, subjects randomised",
            "0.598",
            "run cq500-cnn4-by-patient",
            "0.66 [0.61, 0.67]",
            "run cq500-cnn4-by-patient+svm")
        .doesNotContain("binary-a");
    assertThat(row(">cq500-cnn4</th>"))
        .containsSubsequence("any", "0.98", "0.66", "0.321", "0.324");
  }

  @Test
  void publishedClassesHaveRowsOfTheirOwn() {
    String table = html.substring(html.indexOf("Published figures and ours"));
    assertThat(table.replaceAll("<[^>]+>", " "))
        .containsSubsequence(
            "RSNA 2019, 1st place", "any", "0.988", "RSNA 2019, 1st place", "epidural", "0.984")
        .containsSubsequence("Sage", "intraventricular", "0.967", "Sage", "0.933");
  }

  private static String row(String header) {
    String row = html.substring(html.indexOf(header));
    return row.substring(0, row.indexOf("</tr>")).replaceAll("<[^>]+>", " ");
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
    assertThat(SampleRuns.report().runs()).extracting(Run::best).containsExactly(5, 5, 5, 5, 1);
    Epoch epoch = new Epoch(3, 0.1, 0.5, Double.NaN, Map.of(), 10, 1, 9);
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
