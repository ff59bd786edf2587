package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of {@code deploy/airflow/ich_refresh.py} with Debian's Python and a stand-in for Airflow.
 */
class AirflowDagTest {
  private static final Path DAG = Repository.top().resolve("deploy/airflow/ich_refresh.py");

  @TempDir private Path folder = Path.of("");
  private Script script;

  @BeforeEach
  void standIn() throws IOException {
    script = new Script(folder).with("ICH", folder.resolve("ich").toString());
    try (InputStream in =
        Objects.requireNonNull(AirflowDagTest.class.getResourceAsStream("airflow-stand-in.py"))) {
      Files.copy(in, folder.resolve("stand-in.py"));
    }
  }

  @Test
  void declaresARefreshANightOneAtATime() throws Exception {
    JsonNode dag = python("");
    JsonNode arguments = dag.path("arguments");
    assertThat(arguments.path("schedule").asText()).isEqualTo("30 2 * * *");
    assertThat(arguments.at("/start_date/tz").asText()).isEqualTo("Europe/Berlin");
    assertThat(arguments.path("catchup").asBoolean(true)).isFalse();
    assertThat(arguments.path("max_active_runs").asInt()).isOne();
    assertThat(arguments.at("/default_args/retries").asInt()).isEqualTo(3);
    assertThat(arguments.at("/default_args/retry_exponential_backoff").asBoolean()).isTrue();
    assertThat(dag.path("tasks"))
        .hasToString(
            """
            {"refresh":{"kind":"python","after":[]},\
            "is_sunday":{"kind":"short_circuit","after":["refresh"]},\
            "maintain":{"kind":"python","after":["is_sunday"]}}""");
    assertThat(python("", "airflow.decorators")).as("on Airflow 2").isEqualTo(dag);
  }

  @Test
  void onlyFailuresOfTheSystemAreTriedAgain() throws Exception {
    script.with("ICH_OPTIONS", "--config 'a b.conf' -- --master yarn");
    script.program("ich", "printf '[\"%s\"]' \"${*/file:*report.json/FILE}\" >\"${3#file://}\"");
    assertThat(python("maintain").path("returned"))
        .hasToString("[\"maintain --report FILE --config a b.conf -- --master yarn\"]");
    for (int code = 1; code <= 3; code++) {
      script.program("ich", "echo 'ich: why' >&2; exit " + code);
      JsonNode failed = python("refresh");
      assertThat(failed.path("raised").asText())
          .isEqualTo(code == 3 ? "AirflowException" : "AirflowFailException");
      assertThat(failed.path("said").asText())
          .isEqualTo("ich refresh ended with %d: ich: why".formatted(code));
    }
  }

  /**
   * Runs Python code. The last line of the output is the stand-in's, the lines before it the
   * command's.
   */
  private JsonNode python(String command, String... module) throws Exception {
    String[] words = new String[3 + module.length];
    words[0] = folder.resolve("stand-in.py").toString();
    words[1] = DAG.toString();
    words[2] = command;
    System.arraycopy(module, 0, words, 3, module.length);
    Outcome outcome = script.run(Script.python(), words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    String[] lines = outcome.out().strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }
}
