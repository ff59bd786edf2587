package org.headct.ich.pages.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Checks that every page must pass in a browser. */
public final class PageChecks {
  /**
   * The script that lists the controls for Tab, in page order. A closed {@code details} hides its
   * content.
   */
  private static final String CONTROLS =
      """
      window.controls = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
        .filter((one) => one.checkVisibility());
      """;

  private PageChecks() {}

  /** Runs all checks that apply to every page. */
  public static void all(Chromium browser, Path page) throws IOException {
    browser.console();
    browser.requests();
    browser.open(page);
    everyFigureIsDrawn(browser);
    tabReachesEachControlInTurn(browser);
    everyDownloadIsItsTable(browser);
    aNarrowScreenNeedsNoSidewaysScroll(browser);
    leaveTheFirstOfWhatIsAlike(browser);
    nothingBreaksARule(browser, "");
    darkModeChangesColoursAndKeepsTheRules(browser);
    assertThat(browser.console()).as("complaints on the console").isEmpty();
    assertThat(browser.requests()).as("requests beyond the file").isEmpty();
  }

  /** Checks that each chart is drawn at a visible size or says that there is no data. */
  static void everyFigureIsDrawn(Chromium browser) {
    List<String> undrawn =
        browser.script(
            """
            return [...document.querySelectorAll('figure.block')].filter((figure) => {
              if (figure.querySelector('.empty') && !figure.querySelector('.chart')) {
                return false;
              }
              const svg = figure.querySelector('.chart svg');
              if (!svg) {
                return true;
              }
              const box = svg.getBoundingClientRect();
              const shapes = [...svg.querySelectorAll('path')].filter((path) => (path.getAttribute('d') || '').length > 10);
              return box.width < 200 || box.height < 50 || shapes.length < 2 || svg.querySelectorAll('text').length < 2;
            }).map((figure) => figure.querySelector('h3').textContent)
            """);
    assertThat(undrawn).as("figures that were not drawn").isEmpty();
    List<String> unloaded =
        browser.script(
            "return [...document.images].filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.alt)");
    assertThat(unloaded).as("pictures that were not shown").isEmpty();
  }

  private static void tabReachesEachControlInTurn(Chromium browser) {
    long controls =
        browser.script(
            CONTROLS
                + """
                window.reached = [];
                window.unmarked = 0;
                document.addEventListener('focusin', (event) => {
                  window.reached.push(window.controls.indexOf(event.target));
                  window.unmarked += getComputedStyle(event.target).outlineStyle === 'none' ? 1 : 0;
                });
                return window.controls.length;
                """);
    browser.tabs((int) controls);
    List<Long> order = new ArrayList<>();
    for (long i = 0; i < controls; i++) {
      order.add(i);
    }
    assertThat(browser.<List<Long>>script("return window.reached"))
        .as("controls by Tab")
        .isEqualTo(order);
    assertThat(browser.<Long>script("return window.unmarked"))
        .as("controls whose focus is not seen")
        .isZero();
  }

  private static void everyDownloadIsItsTable(Chromium browser) throws IOException {
    List<Map<String, Object>> tables =
        browser.script(
            """
            return [...document.querySelectorAll('a[download]')].map((link) => {
              const before = link.closest('p').previousElementSibling;
              const table = before.querySelector('table');
              const about = (slice) => [...slice.querySelectorAll(':scope > p')].map((one) => one.textContent).join('; ');
              const rows = table
                ? [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))
                : [['Slice', 'About'], ...[...before.children].map((slice) => [slice.querySelector('h4').textContent, about(slice)])];
              return { file: link.download, href: link.href, rows };
            })
            """);
    for (Map<String, Object> table : tables) {
      String href = Objects.toString(table.get("href"));
      String csv =
          new String(Base64.getDecoder().decode(href.substring(href.indexOf(',') + 1)), UTF_8);
      List<CSVRecord> records = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
      List<?> rows = (List<?>) Objects.requireNonNull(table.get("rows"));
      assertThat(records).as("%s", table.get("file")).hasSameSizeAs(rows);
      for (int r = 0; r < rows.size(); r++) {
        List<?> cells = (List<?>) rows.get(r);
        for (int c = 0; c < cells.size(); c++) {
          assertSame(records.get(r).get(c), Objects.toString(cells.get(c)));
        }
      }
    }
  }

  /**
   * Checks an exported value. A text equals the shown one; a number is exported in full and shown
   * rounded.
   */
  private static void assertSame(String exported, String shown) {
    if (exported.matches("-?\\d+(\\.\\d+)?") && !shown.equals(exported)) {
      String number = shown.replace(",", "").replaceFirst("^(-?[\\d.]+)(?s:.*)", "$1");
      if (number.matches("-?[\\d.]+") && !shown.contains("%") && !shown.contains("\n")) {
        int decimals = number.contains(".") ? number.length() - number.indexOf('.') - 1 : 0;
        assertThat(Math.abs(Double.parseDouble(exported) - Double.parseDouble(number)))
            .as("%s in the file, %s in the table", exported, shown)
            .isLessThanOrEqualTo(0.5000001 * Math.pow(10, -decimals));
      }
    } else if (!exported.isEmpty()) {
      assertThat(exported.replaceFirst("^'(?=[=+@-])", "")).isEqualTo(shown);
    }
  }

  /** Removes all except the first rows and slices: they are alike, and axe is slow. */
  private static void leaveTheFirstOfWhatIsAlike(Chromium browser) {
    browser.script(
        "document.querySelectorAll('tbody tr:nth-child(n+6), .slices > li:nth-child(n+4)').forEach((one) => one.remove())");
  }

  /**
   * Checks that the page breaks no rule of axe.
   *
   * @param rules options of axe that choose rules; empty for all
   */
  private static void nothingBreaksARule(Chromium browser, String rules) throws IOException {
    if (browser.<Boolean>script("return typeof axe === 'undefined'")) {
      browser.script(axe());
    }
    List<String> broken =
        browser.promise(
            """
            axe.run(document, { resultTypes: ['violations'], preload: false, %s })
              .then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))
            """
                .formatted(rules));
    assertThat(broken).as("rules of axe").isEmpty();
    assertThat(browser.count("h1")).isEqualTo(1);
  }

  private static String axe() throws IOException {
    String name = "/axe.min.js";
    try (InputStream in = PageChecks.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  private static void darkModeChangesColoursAndKeepsTheRules(Chromium browser) throws IOException {
    String colours =
        """
        return [document.body, document.querySelector('h2'), document.querySelector('.chart svg text') || document.body]
          .map((one) => getComputedStyle(one)).map((style) => style.backgroundColor + style.color + style.fill)
        """;
    List<String> light = browser.script(colours);
    browser.colours("dark");
    List<String> dark = browser.script(colours);
    for (int i = 0; i < light.size(); i++) {
      assertThat(dark.get(i)).as("colours in the dark").isNotEqualTo(light.get(i));
    }
    nothingBreaksARule(browser, "runOnly: ['color-contrast']");
    browser.colours("light");
  }

  private static void aNarrowScreenNeedsNoSidewaysScroll(Chromium browser) {
    browser.width(360);
    browser.promise(
        "new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true)), 300))");
    List<String> wide =
        browser.script(
            """
            return document.scrollingElement.scrollWidth <= 360 ? [] : [...document.querySelectorAll('body *')]
              .filter((one) => one.getBoundingClientRect().right > 361 && !one.closest('.scroll, nav ol, svg'))
              .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))
            """);
    assertThat(wide).as("what is wider than a screen of 360 pixels").isEmpty();
    List<String> charts =
        browser.script(
            "return [...document.querySelectorAll('.chart svg')].filter((one) => one.getBoundingClientRect().right > 360)"
                + ".map((one) => one.closest('figure').querySelector('h3').textContent)");
    assertThat(charts).as("charts wider than that").isEmpty();
    everyFigureIsDrawn(browser);
    browser.width(1280);
  }
}
