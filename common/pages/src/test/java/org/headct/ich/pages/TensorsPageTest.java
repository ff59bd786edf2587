package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.headct.ich.pages.element.Picture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorsPageTest {
  private static String html = "";

  @BeforeAll
  static void render() {
    html = EvaluationPageTest.withoutLibrary(TensorsPage.render(SampleTensors.report()));
  }

  @Test
  void aSliceHasItsChannelsSideBySideWithTheirWindows() {
    assertThat(html).contains("<ul class=\"slices large\">");
    assertThat(html.split("data:image/png;base64,", -1)).hasSize(1 + 27);
    for (ContactSlice slice : SampleTensors.slices(9)) {
      for (Picture window : slice.windows()) {
        assertThat(PageEscapingTest.unescape(html))
            .contains("alt=\"Slice %s, window %s\"".formatted(slice.imageId(), window.name()))
            .contains("<figcaption>" + window.name() + "</figcaption>");
      }
    }
  }

  @Test
  void linesUnderASliceSayWhatItIsAndWhereItStands() {
    assertThat(html)
        .contains(
            "<p>Label: intraparenchymal</p>\n<p>binary, train, position 10 in its series, 2 copies</p>")
        .contains("<p>Label: no haemorrhage</p>\n<p>binary, train, position 11 in its series</p>");
  }

  @Test
  void channelsHaveTheMomentsThatWereTakenOut() {
    assertThat(html)
        .contains("<td class=\"n\">0.1788</td>", "<td class=\"n\">0.2959</td>")
        .contains("<td class=\"n\">–</td>");
  }

  @Test
  void thePageSaysWhoseHeadsAndLoadsNothing() {
    assertThat(html)
        .contains("Not for clinical use.", "real patients", "of 108,715 tensors")
        .contains("SELECT image_id FROM ich.tensors");
    assertThat(EvaluationPageTest.FETCHED.matcher(html).find()).isFalse();
  }
}
