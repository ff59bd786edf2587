package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the committed notebooks, and the error messages of their command. */
class NotebookFilesTest {
  private static final Path NOTEBOOKS = Repository.top().resolve("notebooks");
  private static final Path SHELF = Repository.top().resolve("deploy/notebooks");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(NOTEBOOKS)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  /** Outputs may show patients, and counts change with every run. */
  @Test
  void noneHoldsOutputs() throws IOException {
    assertThat(notebooks()).hasSize(4);
    List<String> kept = new ArrayList<>();
    for (Path file : notebooks()) {
      for (JsonNode cell : JSON.readTree(file.toFile()).get("cells")) {
        boolean code = cell.get("cell_type").asText().equals("code");
        if (code && !(cell.get("outputs").isEmpty() && cell.get("execution_count").isNull())
            || !code && cell.has("attachments")
            || !cell.get("metadata").isEmpty()) {
          kept.add(file.getFileName() + ", cell " + cell.get("id").asText());
        }
      }
    }
    assertThat(kept).as("outputs, counts or metadata: run deploy/bin/notebooks --strip").isEmpty();
  }

  @Test
  void eachNamesTheKernelOfTheProject() throws IOException {
    JsonNode kernel = JSON.readTree(SHELF.resolve("kernels/ich/kernel.json").toFile());
    assertThat(kernel.get("argv").get(0).asText()).isEqualTo("{resource_dir}/launch");
    assertThat(SHELF.resolve("kernels/ich/launch")).isExecutable();
    for (Path file : notebooks()) {
      JsonNode notebook = JSON.readTree(file.toFile());
      JsonNode spec = notebook.get("metadata").get("kernelspec");
      assertThat(spec.get("name").asText()).isEqualTo("ich");
      assertThat(spec.get("display_name")).isEqualTo(kernel.get("display_name"));
      Set<String> ids = new HashSet<>();
      notebook.get("cells").forEach(cell -> ids.add(cell.get("id").asText()));
      assertThat(ids).as("cells' ids in " + file).hasSameSizeAs(notebook.get("cells"));
    }
  }

  @Test
  void mistakesAreToldBeforeAnythingIsInstalled() throws Exception {
    assertMistake("no option --exectue", "--exectue");
    assertMistake("--set needs a value", "--execute", "--set");
    assertMistake("there are 1-labels 2-audit", "--execute", "5-none");
    assertMistake("names of notebooks go with --execute", "1-labels");
  }

  private void assertMistake(String message, String... arguments) throws Exception {
    Outcome outcome = new Script(folder).run("deploy/bin/notebooks", arguments);

    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(message).hasLineCount(1);
  }

  @Test
  void helpTells() throws Exception {
    Outcome outcome = new Script(folder).run("deploy/bin/notebooks", "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("--execute", "--strip", "--config", "Exit codes");
  }
}
