package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headct.ich.jobs.evaluatemodel.EvaluateModelJob;
import org.headct.ich.jobs.makephantoms.MakePhantomsJob;
import org.headct.ich.jobs.testing.Pipeline;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.headct.ich.jobs.testing.TestSpark;
import org.headct.ich.jobs.trainmodel.TrainModelJob;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the notebooks, executed without a browser from a clean state, over phantoms and a small
 * model. They are skipped with a message if there is no Jupyter, unless {@code
 * ICH_REQUIRE_NOTEBOOKS=1}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NotebooksIT {
  private static final int PATIENCE_MINUTES = 10;
  private static final Pattern PICTURE = Pattern.compile("data:image/png;base64,");

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  void tables() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        "1".equals(System.getenv("ICH_REQUIRE_NOTEBOOKS")) || jupyter(),
        "no jupyter-nbconvert on the PATH: the notebooks are not executed");
    Pipeline pipeline =
        Pipeline.overPhantoms(
            TestSpark.session(),
            folder,
            folder.resolve("dump"),
            "phantoms.patients=16",
            "phantoms.slices=8",
            "phantoms.spacing-mm=8",
            "phantoms.size=64",
            "phantoms.defects=short-pixel-data,rsna-wrap,missing-slice,duplicate-label,localizer",
            "audit.depth=pixels",
            "max-reject-ratio=0.5",
            "tensors.size=64",
            "train.run=small",
            "train.network=cnn4",
            "train.batch-size=8",
            "train.epochs=2",
            "evaluate.bootstrap=100",
            "evaluate.heat-maps=0",
            "evaluate.robustness=0");
    pipeline.run(new MakePhantomsJob());
    pipeline.run(Pipeline.refreshJob());
    pipeline.run(new TrainModelJob());
    pipeline.run(new EvaluateModelJob());
  }

  private static boolean jupyter() throws InterruptedException {
    try {
      Process asked =
          new ProcessBuilder("jupyter-nbconvert", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Expected outputs beside tables: the least number of pictures, and words. */
  private static final Map<String, Shown> SHOWN =
      Map.of(
          "1-labels", new Shown(1, "DUPLICATE_ROW", "intraparenchymal"),
          "2-audit", new Shown(4, "SHORT_PIXEL_DATA: PixelData has", "RSNA_WRAP"),
          "3-geometry-and-windows", new Shown(11, "subdural:80/200", "middle", "GAP"),
          "4-training-and-errors",
              new Shown(8, "expected calibration error", "Negative, scored highest"));

  private record Shown(int pictures, String... words) {}

  /** The last notebook reads every table, and the model's. */
  @Test
  void theLastRunsAndShowsWhatItPromises() throws Exception {
    assertShown(List.of("4-training-and-errors"));
  }

  @Test
  @Tag("nightly")
  void theOthersRunAndShowWhatTheyPromise() throws Exception {
    assertShown(List.of("1-labels", "2-audit", "3-geometry-and-windows"));
  }

  private static void assertShown(List<String> names) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "warehouse.path=" + folder.resolve("warehouse"),
                "models.path=" + folder.resolve("models"),
                "reports.path=" + folder.resolve("reports"),
                "labels.input=" + folder.resolve("dump/stage_2_train.csv"),
                "dicom.input=" + folder.resolve("dump/stage_2_train")));
    arguments.addAll(names);
    Outcome outcome = notebooks(arguments.toArray(String[]::new));

    assertThat(outcome.code()).as(outcome.err()).isZero();
    for (String name : names) {
      Shown shown = Objects.requireNonNull(SHOWN.get(name));
      String page = Files.readString(folder.resolve("pages/" + name + ".html"), UTF_8);
      // A page has half a megabyte, so a failure names the missing words and does not quote the
      // page.
      assertThat(Stream.of(shown.words()).filter(word -> !page.contains(word)))
          .as("words that the outputs of %s lack", name)
          .isEmpty();
      assertThat(page.contains("synthetic phantoms") && page.contains("<tbody><tr>"))
          .as("whose heads they are, and a table, in " + name)
          .isTrue();
      assertThat(PICTURE.matcher(page).results().count())
          .as("pictures of " + name)
          .isGreaterThanOrEqualTo(shown.pictures());
      // The repository's notebook must not change, whatever the outputs show.
      assertThat(Repository.top().resolve("notebooks/" + name + ".ipynb"))
          .content()
          .doesNotContain("image/png", "\"output_type\"");
    }
  }

  @Test
  @Tag("nightly")
  void aCellThatFailsIsToldWithItsNotebookAndError() throws Exception {
    Outcome outcome = notebooks("no.such.key=1", "1-labels");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("var ich = Notebook.open();", "no.such.key", "1-labels failed, see above");
    assertThat(folder.resolve("pages/1-labels.html")).doesNotExist();
  }

  private static Outcome notebooks(String... settingsAndNames) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--execute", "--to", "pages"));
    for (String argument : settingsAndNames) {
      arguments.addAll(argument.contains("=") ? List.of("--set", argument) : List.of(argument));
    }
    // Like TestSpark: with few rows, generating and compiling code costs more than it saves.
    arguments.addAll(
        List.of(
            "--",
            "--conf",
            "spark.sql.codegen.wholeStage=false",
            "--conf",
            "spark.sql.codegen.factoryMode=NO_CODEGEN",
            "--conf",
            "spark.sql.shuffle.partitions=2",
            "--conf",
            "spark.ui.enabled=false"));
    Script.Running running =
        new Script(folder)
            .with("ICH_MASTER", "local[2]")
            .with("ICH_DRIVER_MEMORY", "1g")
            .with("ICH_JAVA_OPTIONS", System.getenv().getOrDefault("ICH_JAVA_OPTIONS", ""))
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .start("deploy/bin/notebooks", arguments.toArray(String[]::new));
    if (!running.process().waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      running.process().descendants().forEach(ProcessHandle::destroyForcibly);
      running.process().destroyForcibly();
    }
    return Script.await(running);
  }
}
