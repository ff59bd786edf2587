package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the list of scans and of a scan's page. */
class ScanPagesTest {
  private static final ScansReport.Source SOURCE =
      new ScansReport.Source(
          "six-1",
          "0123456789abcdef",
          "cnn4, head all",
          "3×64×64 uint8",
          "week-47",
          1234,
          "0.1.0",
          Instant.EPOCH);

  private static ScansReport.Scan scan(String id, double suspicion, String page) {
    return new ScansReport.Scan(id, "ID_p" + id, 2, 34, suspicion, "ID_i" + id, page);
  }

  @Test
  void theListLeadsToThePagesThatThereAre() {
    String html =
        ScansPage.render(
            new ScansReport(
                SOURCE,
                DataOrigin.PHANTOMS,
                "A scan's suspicion is that of its highest slice.",
                new QueryResult<>(
                    "ich.scores",
                    List.of(scan("one", 0.98765, "folder/one.html"), scan("two", 0.5, ""))),
                20_000,
                Map.of("NOT_DICOM", 2L, "CODEC_ERROR", 1L)));

    assertThat(html)
        .contains("Not for clinical use", "synthetic phantoms")
        .contains("<a href=\"folder/one.html\">one</a>", ">0.9877<", ">two</th>")
        .contains("The list has the 2 most suspicious of 20,000 scans; the first 1 have a page")
        .contains("CODEC_ERROR 1, NOT_DICOM 2", "highest slice");
    assertThat(html.indexOf(">one<")).isLessThan(html.indexOf(">two<"));
  }

  @Test
  void aScanHasItsCurvesItsPicturesAndAWayBack() {
    Picture picture = Pictures.grey("brain:40/80", new byte[] {1}, 1, 1);
    String html =
        ScanPage.render(
            new ScanReport(
                SOURCE,
                DataOrigin.PATIENTS,
                scan("one", 0.75, "../list.html"),
                3,
                List.of("epidural", "any"),
                List.of(
                    slice("ID_b", "s1", OptionalInt.of(1), 0.75, List.of(picture)),
                    slice("ID_a", "s1", OptionalInt.of(0), 0.5, List.of()),
                    slice("ID_c", "s2", OptionalInt.of(0), 0.25, List.of()),
                    slice("ID_d", "s2", OptionalInt.empty(), 0.125, List.of()))));

    assertThat(html)
        .contains("Not for clinical use", "real patients", "no. 3")
        .contains("<a href=\"../list.html\">All scans of the dump</a>")
        .contains("<h3>Series s1</h3>", "<h3>Series s2</h3>", "epidural 0.125, any 0.750")
        .contains("alt=\"Slice ID_b, window brain:40/80\"");
    List<String> charts = PageEscapingTest.charts(html);
    assertThat(charts).hasSize(2);
    assertThat(html.indexOf(">ID_b<")).isLessThan(html.indexOf(">ID_a<"));
  }

  private static ScanReport.Slice slice(
      String id, String series, OptionalInt position, double any, List<Picture> windows) {
    return new ScanReport.Slice(id, series, position, any, List.of(0.125, any), windows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "//host/x.html",
        "/etc/passwd",
        "a b.html",
        "x.html?y",
        "x.html\" onclick=\"",
        "..",
        "a/../../b.html"
      })
  void aLinkIsTheNameOfAPageAndNothingElse(String link) {
    assertThatThrownBy(() -> DataTable.Cell.link("text", link))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Note("text", link)).isInstanceOf(IllegalArgumentException.class);
  }
}
