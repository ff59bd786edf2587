package org.headct.ich.pages.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser without network that records the requests and console messages of a page. */
public final class Chromium implements AutoCloseable {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** The timeout of a script, long enough for a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser, or skips the test if none is installed. */
  public static Chromium start() {
    boolean there = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    if (!there && System.getenv("ICH_REQUIRE_BROWSER") != null) {
      throw new IllegalStateException(
          "ICH_REQUIRE_BROWSER is set, but %s or %s is missing".formatted(BROWSER, DRIVER));
    }
    Assumptions.assumeTrue(
        there, "no %s or %s: pages not tested in a browser".formatted(BROWSER, DRIVER));
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments(
        "--headless=new",
        // The tests may run as root.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--window-size=1280,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable("browser", Level.ALL);
    logs.enable("performance", Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // Name the driver, otherwise Selenium looks for one in the network.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return new Chromium(driver);
  }

  /** Opens a file in a window 1280 pixels wide, in light mode. */
  public Chromium open(Path page) {
    width(1280);
    colours("light");
    driver.get(page.toUri().toString());
    return this;
  }

  /** Runs a script and returns its result: numbers as long or double, lists, maps. */
  @SuppressWarnings("unchecked")
  public <T> T script(String script, Object... arguments) {
    return (T) driver.executeScript(script, arguments);
  }

  /** Evaluates an expression that gives a promise, and returns the promise's result. */
  @SuppressWarnings("unchecked")
  public <T> T promise(String expression) {
    return (T)
        driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1]; (" + expression + ").then(done);");
  }

  public long count(String selector) {
    return script("return document.querySelectorAll(arguments[0]).length", selector);
  }

  public WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> elements(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Moves the mouse over the middle of an element. */
  public void hover(WebElement element) {
    script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element);
    new Actions(driver).moveToElement(element).perform();
  }

  /** Scrolls to an element and clicks it. */
  public void click(WebElement element) {
    hover(element);
    element.click();
  }

  /** Types keys into the focused element. */
  public void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab this many times. */
  public void tabs(int times) {
    type(Keys.TAB.toString().repeat(times));
  }

  /** Sets the colour scheme: {@code light} or {@code dark}. */
  public void colours(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Sets the width of the screen, in CSS pixels. */
  public void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", pixels < 500));
  }

  /** Saves the page's downloads into the folder. */
  public void downloadTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
  }

  /** Returns the console messages since the last call, at any level. */
  public List<String> console() {
    return driver.manage().logs().get("browser").getAll().stream().map(LogEntry::toString).toList();
  }

  /**
   * Returns the addresses requested since the last call, except {@code file:} and {@code data:}.
   */
  public List<String> requests() {
    return driver.manage().logs().get("performance").getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(Chromium::address)
        .filter(address -> !address.startsWith("file:") && !address.startsWith("data:"))
        .toList();
  }

  private static String address(String message) {
    String url = "\"url\":\"";
    int start = message.indexOf(url, Math.max(0, message.indexOf("\"request\":"))) + url.length();
    return message.substring(start, message.indexOf('"', start));
  }

  /** Returns the text of an element, even of a hidden one. */
  public String text(WebElement element) {
    return Objects.requireNonNullElse(element.getDomProperty("textContent"), "");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
