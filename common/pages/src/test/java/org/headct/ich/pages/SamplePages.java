package org.headct.ich.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Pages made from invented data, for browser tests and for visual review. */
public final class SamplePages {
  private static final Map<String, Supplier<String>> PAGES =
      Map.of(
          "evaluation", () -> EvaluationPage.render(SampleReports.evaluation()),
          "explore", () -> ExplorePage.render(SampleExplore.report()),
          "tensors", () -> TensorsPage.render(SampleTensors.report()),
          "scans", () -> ScansPage.render(SampleScans.list()),
          "scan", () -> ScanPage.render(SampleScans.scan()),
          "classifiers", () -> ClassifiersPage.render(SampleClassifiers.report()),
          "runs", () -> RunsPage.render(SampleRuns.report()));

  private SamplePages() {}

  /** Writes each page into the folder; returns the files by the pages' names. */
  public static Map<String, Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Path> files = new TreeMap<>();
    for (Map.Entry<String, Supplier<String>> page : PAGES.entrySet()) {
      Path file = folder.resolve(page.getKey() + ".html");
      files.put(page.getKey(), Files.writeString(file, page.getValue().get()));
    }
    return files;
  }

  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]));
  }
}
