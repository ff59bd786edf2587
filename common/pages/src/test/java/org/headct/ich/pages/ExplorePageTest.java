package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.pages.element.Bars;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplorePageTest {
  private static final List<JsonNode> CHARTS = new ArrayList<>();
  private static String html = "";

  @BeforeAll
  static void render() throws Exception {
    html = ExplorePage.render(SampleExplore.report());
    ObjectMapper mapper = new ObjectMapper();
    for (String chart : PageEscapingTest.charts(html)) {
      CHARTS.add(mapper.readTree(chart));
    }
  }

  @Test
  void plotsTheFiguresOfTheThesis() {
    JsonNode four = CHARTS.get(0);
    assertThat(four.at("/names")).hasToString("[\"positive\",\"negative\"]");
    assertThat(four.at("/series/0/values")).hasToString("[107933,644870]");
    assertThat(four.at("/series/0/labels/0").asText()).isEqualTo("107,933 (14.3%)");
    JsonNode five = CHARTS.get(1);
    assertThat(five.at("/names")).hasSize(5);
    assertThat(five.at("/series/0/labels/4").asText()).isEqualTo("47,166 (31.8%)");
    JsonNode six = CHARTS.get(2);
    assertThat(six.at("/series/0/values/0").asInt()).isEqualTo(3_145);
    assertThat(six.at("/series/1/values/0").asInt()).isEqualTo(749_658);
  }

  @Test
  void theSlicesCanBeSavedAsAList() {
    Matcher link =
        Pattern.compile("href=\"data:text/csv;charset=utf-8;base64,([^\"]+)\">Save the list as CSV")
            .matcher(PageEscapingTest.unescape(html));
    assertThat(link.find()).isTrue();
    String csv = new String(Base64.getDecoder().decode(link.group(1)), StandardCharsets.UTF_8);
    assertThat(csv.lines())
        .hasSize(1 + SampleExplore.report().contactSheet().rows().size())
        .startsWith("Slice,About")
        .element(1)
        .asString()
        .contains("Label: ");
  }

  @Test
  void coOccurrenceFillsBothHalvesAndShowsTheShareOfTheRow() {
    JsonNode cells = CHARTS.get(3).at("/cells");
    assertThat(cells).hasSize(25);
    // epidural row, intraparenchymal column, and the other way round: 629 images.
    assertThat(cells.get(1)).hasToString("[1,0,0.2,\"629\\n20.0%\"]");
    assertThat(cells.get(5)).hasToString("[0,1,0.0174151,\"629\\n1.7%\"]");
  }

  @Test
  void aSeriesLengthThatDoesNotOccurIsAnEmptyBin() {
    JsonNode histogram = CHARTS.get(4);
    assertThat(histogram.at("/names")).hasSize(41);
    assertThat(histogram.at("/names/3").asText()).isEqualTo("23");
    assertThat(histogram.at("/series/0/values/3").asInt()).isZero();
  }

  @Test
  void longTailsOfSeriesLengthsAreBinned() {
    ExploreReport full = SampleExplore.report();
    List<ExploreReport.SeriesLength> lengths =
        List.of(
            new ExploreReport.SeriesLength(3, 2),
            new ExploreReport.SeriesLength(21, 5),
            new ExploreReport.SeriesLength(902, 1));
    String page =
        ExplorePage.render(
            new ExploreReport(
                full.dataset(),
                full.origin(),
                full.labels(),
                full.coOccurrence(),
                new QueryResult<>("", lengths),
                full.positions(),
                full.geometry(),
                full.labelFindings(),
                full.sliceFindings(),
                full.pixelDescriptions(),
                full.splits(),
                full.leakage(),
                full.contactSheet(),
                full.publications()));
    Bars.Series bars = bars(page);
    assertThat(bars.values()).hasSize(60);
    assertThat(bars.values().get(0)).isEqualTo(2);
    assertThat(bars.values().get(1)).isEqualTo(5);
    assertThat(bars.values().get(59)).isEqualTo(1);
  }

  @Test
  void findingsThatAreNotThereAreSaidInWords() {
    assertThat(html).contains("No data: nothing to plot here.");
    assertThat(CHARTS.get(10).at("/names/2").asText()).isEqualTo("any-is-not-the-or-of-the-five");
    assertThat(CHARTS).hasSize(12);
  }

  @Test
  void carriesTheQueriesTheSplitsAndTheSlices() {
    String text = PageEscapingTest.unescape(EvaluationPageTest.withoutLibrary(html));
    assertThat(text)
        .contains("SELECT subtype, label, count(*)\nFROM ich.labels\nGROUP BY 1, 2")
        .contains("<td class=\"n\">2,799 (14.3%)</td>")
        .contains("LightSpeed VCT")
        .contains("not stated")
        .contains("Label: intraparenchymal");
    assertThat(text.split("data:image/png;base64,", -1)).hasSize(1 + 27);
    assertThat(EvaluationPageTest.FETCHED.matcher(text).find()).isFalse();
  }

  private static Bars.Series bars(String page) {
    try {
      JsonNode values =
          new ObjectMapper().readTree(PageEscapingTest.charts(page).get(4)).at("/series/0/values");
      List<Double> read = new ArrayList<>();
      values.forEach(value -> read.add(value.asDouble()));
      return new Bars.Series("series", read, List.of());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
