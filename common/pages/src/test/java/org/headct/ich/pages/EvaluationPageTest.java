package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.headct.ich.domain.metric.RocCurve;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
  /** Anything that a browser would fetch from outside the page. */
  static final Pattern FETCHED =
      Pattern.compile("(?i)(?:src|href|srcset|action)\\s*=\\s*[\"'](?!data:|#)|@import|url\\(");

  private static String html = "";

  @BeforeAll
  static void render() {
    html = EvaluationPage.render(SampleReports.evaluation());
  }

  @Test
  void saysWhatWasRunAndThatItIsNotForTheClinic() {
    assertThat(text(html))
        .contains("Not for clinical use")
        .contains("synthetic phantoms")
        .contains("2026-11-23T0912-4f1c")
        .contains("ResNet-18, binary head")
        .contains("ich.tensors@6318905124435189234")
        .contains("by patient, 80/20")
        .contains("0.1.0 (7e2f947)")
        .contains("2026-11-23 11:40 UTC");
  }

  @Test
  void theClassTableIsWrittenForPeople() {
    assertThat(text(html))
        .contains("<td class=\"n\">5,612 (28.7%)</td>")
        .contains("<td class=\"n\">0.800 [0.792, 0.808]</td>")
        .contains("<td class=\"n\">0.87 [0.79, 0.94]</td>")
        .contains("<td class=\"n\">0.0438</td>")
        .contains("<td class=\"n\">–</td>");
  }

  @Test
  void everyCurveOfTheReportIsInItsChart() throws Exception {
    List<String> charts = PageEscapingTest.charts(html);
    assertThat(charts).hasSize(3 + 6 + 1 + 2 + 5);
    JsonNode roc = new ObjectMapper().readTree(charts.get(0));
    assertThat(roc.at("/series")).hasSize(7);
    assertThat(roc.at("/series/0/name").asText()).isEqualTo("any");
    assertThat(roc.at("/series/0/detail").asText()).isEqualTo("AUC 0.800 [0.792, 0.808]");
    assertThat(roc.at("/series/0/points").size()).isBetween(200, 300);
    assertThat(roc.at("/series/0/points/0")).hasToString("[0,0]");
    // 1,113 false alarms of 13,917 negatives and 2,984 found of 5,612 positives.
    assertThat(roc.at("/series/0/marks/0/0").asDouble()).isEqualTo(0.0799741);
    assertThat(roc.at("/series/0/marks/0/1").asDouble()).isEqualTo(0.531718);
    assertThat(roc.at("/series/6/reference").asBoolean()).isTrue();
  }

  @Test
  void aClassHasTheSameColourInEveryChart() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    List<String> charts = PageEscapingTest.charts(html);
    JsonNode roc = mapper.readTree(charts.get(0));
    JsonNode pr = mapper.readTree(charts.get(1));
    for (int i = 0; i < 6; i++) {
      assertThat(roc.at("/series/" + i + "/hue")).isEqualTo(pr.at("/series/" + i + "/hue"));
    }
    assertThat(roc.findValues("hue").stream().limit(6).distinct()).hasSize(6);
  }

  @Test
  void showsErrorsAndResultsWithTheirSource() {
    assertThat(text(html))
        .contains("False positives with the highest scores")
        .contains("Truth: subdural, intraventricular")
        .contains("RSNA 2019 competition")
        .contains("<tr class=\"marked\"><th scope=\"row\" class=\"t\">this run, any</th>")
        .contains("<tr><th scope=\"row\" class=\"t\">VGG-16, subjects randomised, any</th>");
    assertThat(Pattern.compile("<img src=\"data:image/png;base64,").matcher(text(html)).results())
        .hasSize(3 * 16 + 4);
  }

  @Test
  void scansRunsWorseImagesAndTimesHaveTheirPlace() throws Exception {
    assertThat(text(html))
        .contains("Scans: scores by class", "this run by scan, any")
        .contains(
            "<tr class=\"marked\"><th scope=\"row\" class=\"t\">patient</th>",
            "<th scope=\"row\" class=\"t\">slice</th><td class=\"t\">by-slice-1</td>")
        .doesNotContain("datasets.by-slice { images = all")
        .contains("Standard deviation in HU", "mean over five random choices of the missing slices")
        .contains("looked here, −0.412 if hidden")
        .contains("scans of 5 slices", "<td class=\"n\">2.60</td>");
    JsonNode noise = new ObjectMapper().readTree(PageEscapingTest.charts(html).get(12));
    assertThat(noise.at("/x/title").asText()).isEqualTo("Standard deviation in HU");
    assertThat(noise.at("/series/0/points/0")).hasToString("[0,0.95,0.93,0.97]");
    assertThat(noise.at("/series/0/points/4/0").asInt()).isEqualTo(40);
  }

  @Test
  void saysHowToGetTheOtherSideOfTheSplit() {
    EvaluationReport full = SampleReports.evaluation();
    Page page = EvaluationPage.page(SampleReports.withRuns(full, full.runs().rows().subList(0, 1)));
    assertThat(new PageRenderer().render(page))
        .contains("split by patient. To compare, define a dataset with another split unit");
  }

  @Test
  void loadsNothing() {
    assertThat(FETCHED.matcher(withoutLibrary(html)).find()).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsSaidInWords() {
    EvaluationReport full = SampleReports.evaluation();
    String empty =
        EvaluationPage.render(
            new EvaluationReport(
                full.run(),
                DataOrigin.PATIENTS,
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                EvaluationReport.Scans.none(),
                QueryResult.none(),
                QueryResult.none(),
                QueryResult.none(),
                List.of()));
    assertThat(PageEscapingTest.charts(empty)).isEmpty();
    // Blocks without data: scores, three curves, operating point, two of scans, two of training,
    // runs, robustness, four grids, times, results.
    assertThat(text(empty).split("No data", -1)).hasSize(1 + 17);
  }

  @Test
  void takesTheMetricsOfCommonAsTheyAre() {
    double[] scores = {0.05, 0.35, 0.31, 0.95, 0.38, 0.9};
    boolean[] positives = {false, false, true, true, true, true};
    var calibration =
        EvaluationReport.Calibration.of(
            "any", org.headct.ich.domain.metric.Calibration.of(scores, positives, 10));
    assertThat(calibration.bins())
        .extracting(EvaluationReport.Calibration.Bin::slices)
        .containsExactly(1L, 3L, 1L, 1L);
    assertThat(calibration.bins().get(1).positives()).isEqualTo(2);
    var confusion =
        EvaluationReport.Confusion.of(
            "any", 0.33, org.headct.ich.domain.metric.Confusion.at(0.33, scores, positives));
    assertThat(confusion).isEqualTo(new EvaluationReport.Confusion("any", 0.33, 3, 1, 1, 1));
    // Without negatives the false positive rate is NaN, so there is no curve to draw.
    RocCurve undefined = RocCurve.of(new double[] {0.5}, new boolean[] {true});
    assertThat(EvaluationReport.Curve.of("any", undefined).points()).isEmpty();
  }

  static String withoutLibrary(String html) {
    return html.replaceAll("(?s)<script>.*?</script>", "");
  }

  /** Returns the page as a reader sees it: unescaped, without the chart library. */
  private static String text(String html) {
    return PageEscapingTest.unescape(withoutLibrary(html));
  }
}
