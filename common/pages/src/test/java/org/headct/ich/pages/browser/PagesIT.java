package org.headct.ich.pages.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headct.ich.pages.SamplePages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests of the sample pages in a browser; {@link SamplePages} has the list. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
  @TempDir private static Path folder = Path.of("");

  private Map<String, Path> pages = Map.of();
  private Chromium browser;

  @BeforeAll
  void open() throws IOException {
    browser = Chromium.start();
    pages = SamplePages.write(folder);
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPageHoldsToTheChecks() {
    return pages.entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey(), () -> PageChecks.all(browser, page.getValue())));
  }

  @Test
  void theChecksSeeWhatIsWrong() throws IOException {
    Path page = folder.resolve("wrong.html");
    Files.writeString(
        page,
        "<!DOCTYPE html><meta name='viewport' content='width=device-width'><title>x</title><h1>x</h1><p style='color: #eee'>pale words</p>"
            + "<script>fetch('http://example.invalid/x').catch(() => {})</script>");
    assertThatThrownBy(() -> PageChecks.all(browser, page))
        .hasMessageContaining("html-has-lang: ")
        .hasMessageContaining("color-contrast: ");
    assertThat(browser.requests()).containsExactly("http://example.invalid/x");
    assertThat(browser.console()).singleElement().asString().contains("ERR_NAME_NOT_RESOLVED");
  }

  @Test
  void aBarTellsItsNumbers() {
    explore();
    browser.hover(browser.elements("#labels .chart svg path[fill^='var(--hue-']").get(0));
    assertThat(browser.element("#labels .tip").getText())
        .isEqualTo("positive\nimages: 107,933 (14.3%)");
  }

  @Test
  void aPlaceOnALineTellsTheNumbersOfAllThatAreShown() {
    explore();
    WebElement figure = figure("Positives by place in the series");
    WebElement chart = figure.findElement(By.cssSelector(".chart"));
    browser.hover(chart);
    String told = chart.findElement(By.cssSelector(".tip")).getText();
    assertThat(told.lines().toList())
        .hasSize(7)
        .element(2)
        .asString()
        .matches("epidural: [\\d.]+% \\[[\\d.]+%, [\\d.]+%]");
    WebElement epidural = figure.findElements(By.cssSelector(".legend button")).get(1);
    epidural.sendKeys(Keys.SPACE);
    assertThat(epidural.getDomAttribute("aria-pressed")).isEqualTo("false");
    browser.type(Keys.ESCAPE);
    browser.hover(figure.findElement(By.cssSelector("h3")));
    browser.hover(chart);
    assertThat(chart.findElement(By.cssSelector(".tip")).getText()).doesNotContain("epidural");
  }

  @Test
  void aCellOfTheCoOccurrenceTellsBothSubtypes() {
    explore();
    WebElement chart = figure("Subtypes that occur together").findElement(By.cssSelector(".chart"));
    WebElement cell = chart.findElements(By.cssSelector("svg path[fill^='color-mix']")).get(1);
    browser.hover(cell);
    assertThat(chart.findElement(By.cssSelector(".tip")).getText())
        .contains("An image with: epidural")
        .contains("also shows: intraparenchymal");
  }

  @Test
  void slicesAreFilteredByWordsAndTagsFromTheKeyboard() {
    explore();
    WebElement field = browser.element("#slices .filter input");
    long all = shown("#slices .slices > li");
    field.sendKeys("INTRAPARENCHYMAL");
    long bleeding = shown("#slices .slices > li");
    assertThat(bleeding).isPositive().isLessThan(all);
    assertThat(browser.element("#slices .filter output").getText())
        .isEqualTo("%d of %d slices".formatted(bleeding, all));
    field.sendKeys(Keys.CONTROL, "a");
    field.sendKeys(Keys.DELETE);
    WebElement tag = browser.elements("#slices .filter button").get(0);
    browser.script("arguments[0].focus()", tag);
    browser.type(Keys.SPACE);
    assertThat(tag.getDomAttribute("aria-pressed")).isEqualTo("true");
    List<String> others =
        browser.script(
            "return [...document.querySelectorAll('#slices .slices > li')].filter((one) => one.checkVisibility())"
                + ".filter((one) => !one.dataset.tags.split('\\n').includes(arguments[0])).map((one) => one.textContent)",
            tag.getText());
    assertThat(others).isEmpty();
    assertThat(shown("#slices .slices > li")).isPositive().isLessThan(all);
    browser.type(Keys.ENTER);
    assertThat(shown("#slices .slices > li")).isEqualTo(all);
  }

  @Test
  void rowsAreFiltered() {
    explore();
    browser.element("#changes .filter input").sendKeys("audit-dicom");
    assertThat(shown("#changes tbody tr")).isEqualTo(6);
    assertThat(browser.element("#changes .filter output").getText()).isEqualTo("6 of 12 rows");
  }

  @Test
  void aDownloadIsAFile() throws Exception {
    explore();
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    browser.downloadTo(downloads);
    browser.click(browser.element("#splits .download a"));
    Path file = downloads.resolve("parts-of-the-split.csv");
    for (int i = 0; i < 100 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
    assertThat(Files.readString(file))
        .startsWith("Part,Patients,Series,Images,any,")
        .contains("train,10415,12498,62490,");
  }

  private void explore() {
    browser.open(pages.get("explore"));
  }

  private WebElement figure(String title) {
    return browser.elements("figure.block").stream()
        .filter(one -> one.getText().startsWith(title))
        .findFirst()
        .orElseThrow();
  }

  private long shown(String selector) {
    return browser.script(
        "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).length",
        selector);
  }
}
