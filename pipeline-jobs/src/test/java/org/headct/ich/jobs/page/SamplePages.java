package org.headct.ich.jobs.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pages from invented data into a folder, for people to look at. */
final class SamplePages {
  private SamplePages() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("evaluation.html"), EvaluationPage.render(SampleReports.evaluation()));
    Files.writeString(folder.resolve("explore.html"), ExplorePage.render(SampleExplore.report()));
    Files.writeString(folder.resolve("tensors.html"), TensorsPage.render(SampleTensors.report()));
    Files.writeString(folder.resolve("runs.html"), RunsPage.render(SampleRuns.report()));
  }
}
