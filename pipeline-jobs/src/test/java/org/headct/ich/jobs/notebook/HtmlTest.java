package org.headct.ich.jobs.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.headct.ich.pages.element.ImageGrid.Tile;
import org.headct.ich.pages.element.Pictures;
import org.junit.jupiter.api.Test;

/** Tests of the HTML that notebooks show for rows and slices. */
class HtmlTest {
  @Test
  void whatComesFromDataIsEscaped() {
    String hostile = "<script>alert(1)</script>";

    assertThat(Html.text(hostile).markup()).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(Html.table(List.of(hostile), List.of(List.of(hostile))).markup())
        .doesNotContain("<script")
        .contains("&lt;script&gt;");
    Tile tile =
        new Tile(
            hostile,
            List.of(Pictures.grey("\"><script>", new byte[] {0, 1, 2, 3}, 2, 2)),
            List.of(hostile));
    assertThat(Html.tiles(List.of(tile), 64).markup())
        .doesNotContain("<script")
        .contains("<img src=\"data:image/png;base64,", "width=\"64\"");
  }

  @Test
  void numbersAreReadable() {
    List<?> row =
        Arrays.asList(752803L, 0.5, 0.98765, 151.25, 0.00001234, List.of(1.5, 2.0), null, "text");

    assertThat(Html.table(List.of("a", "b", "c", "d", "e", "f", "g", "h"), List.of(row)).markup())
        .contains(">752,803<", ">0.500<", ">0.988<", ">151.3<", ">1.23e-05<", ">1.500, 2<")
        .contains("text-align:right", ">text<")
        .doesNotContain("null");
  }

  @Test
  void aTableWithoutRowsSaysSo() {
    assertThat(Html.table(List.of("reason"), List.of()).toString())
        .contains("reason", "<p>No rows.</p>");
  }
}
