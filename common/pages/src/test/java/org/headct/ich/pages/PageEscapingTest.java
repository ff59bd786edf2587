package org.headct.ich.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headct.ich.pages.element.Axis;
import org.headct.ich.pages.element.Bars;
import org.headct.ich.pages.element.Block;
import org.headct.ich.pages.element.Csv;
import org.headct.ich.pages.element.DataTable;
import org.headct.ich.pages.element.Facts;
import org.headct.ich.pages.element.Figure;
import org.headct.ich.pages.element.Format;
import org.headct.ich.pages.element.ImageGrid;
import org.headct.ich.pages.element.Note;
import org.headct.ich.pages.element.Page;
import org.headct.ich.pages.element.PageRenderer;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;
import org.headct.ich.pages.element.Resources;
import org.headct.ich.pages.element.Section;
import org.headct.ich.pages.element.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that hostile text from DICOM headers and label files stays text. */
class PageEscapingTest {
  private static final Pattern SCRIPT = Pattern.compile("(?is)<script(.*?)>(.*?)</script>");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "{{title}}{{{library}}}",
        "]]>&amp;&lt;",
        "\u2028\u2029</STYLE ><svg onload=alert(1)>"
      })
  void hostileTextStaysText(String hostile) throws Exception {
    String harmless = html("harmless");
    String html = html(hostile);

    assertThat(tags(html)).isEqualTo(tags(harmless));
    JsonNode chart = new ObjectMapper().readTree(charts(html).get(0));
    assertThat(chart.at("/series/0/name").asText()).isEqualTo(hostile);
    assertThat(chart.at("/names/0").asText()).isEqualTo(hostile);
    assertThat(unescape(html)).contains("<h1>" + hostile + "</h1>");
  }

  @Test
  void theScriptsOfThePageAreTheOnesThatThePolicyAllows() {
    String html = html("harmless");
    Matcher scripts = SCRIPT.matcher(html);
    List<String> hashes = new ArrayList<>();
    while (scripts.find()) {
      if (scripts.group(1).isEmpty()) {
        hashes.add(Resources.cspHash(scripts.group(2)));
      } else {
        assertThat(scripts.group(1)).isEqualTo(" type=\"application/json\"");
      }
    }
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
    assertThat(policy.find()).isTrue();
    assertThat(unescape(policy.group(1)))
        .startsWith("default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ")
        .contains("script-src " + String.join(" ", hashes) + ";")
        .doesNotContain("http");
    assertThat(hashes).hasSize(2);
  }

  @Test
  void theHashIsTheOneOfTheCspSpecification() {
    // The example of Content Security Policy Level 3, section 8.3.
    assertThat(Resources.cspHash("alert('Hello, world.');"))
        .isEqualTo("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
  }

  @Test
  void csvDoesNotRunAsAFormula() {
    DataTable table =
        new DataTable(
            List.of(DataTable.Column.text("=cmd()"), DataTable.Column.number("n")),
            List.of(
                List.of(
                    DataTable.Cell.text("@a,\"b\"\n"), DataTable.Cell.number(-1024, Format.COUNT)),
                List.of(DataTable.Cell.text(""), DataTable.Cell.number(1e-7, Format.DECIMAL))));
    String expected = "'=cmd(),n\r\n\"'@a,\"\"b\"\"\n\",-1024\r\n,0.0000001\r\n";
    assertThat(Csv.write(table)).isEqualTo(expected);
    String base64 = Csv.dataUri(table).replaceFirst("^data:text/csv;charset=utf-8;base64,", "");
    assertThat(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        .isEqualTo(expected);
  }

  private static String html(String text) {
    Bars bars =
        new Bars(
            Axis.ofCounts(text),
            Axis.ofCounts(text),
            Bars.Direction.HORIZONTAL,
            List.of(text),
            List.of(new Bars.Series(text, List.of(1.0), List.of(text))));
    DataTable table =
        new DataTable(
            List.of(DataTable.Column.text(text)), List.of(List.of(DataTable.Cell.text(text))));
    Picture picture = Pictures.grey(text, new byte[] {1}, 1, 1);
    List<Block> blocks =
        List.of(
            new Figure(text, text, text, bars),
            new Table(text, text, text, table),
            new Facts(List.of(new Facts.Fact(text, text, text))),
            new ImageGrid(
                text,
                text,
                text,
                List.of(new ImageGrid.Tile(text, List.of(picture), List.of(text)))),
            new Note(text));
    return new PageRenderer()
        .render(
            new Page(
                text, text, List.of(text), List.of(new Section("one", text, text, blocks)), text));
  }

  /** Returns the names of all tags and their attributes, in order; no text may change them. */
  private static List<String> tags(String html) {
    String data = html.replaceAll("(?s)<script[^>]*>.*?</script>", "<script></script>");
    List<String> tags = new ArrayList<>();
    Matcher tag = Pattern.compile("<(!--|/?[a-zA-Z][^\\s/>]*)([^>]*)>").matcher(data);
    while (tag.find()) {
      String attributes = tag.group(2).replaceAll("\"[^\"]*\"", "\"\"");
      tags.add(tag.group(1) + attributes);
    }
    return tags;
  }

  static List<String> charts(String html) {
    List<String> charts = new ArrayList<>();
    Matcher scripts = SCRIPT.matcher(html);
    while (scripts.find()) {
      if (scripts.group(1).contains("application/json")) {
        charts.add(scripts.group(2));
      }
    }
    return charts;
  }

  static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&#x60;", "`")
        .replace("&#x3D;", "=")
        .replace("&amp;", "&");
  }
}
