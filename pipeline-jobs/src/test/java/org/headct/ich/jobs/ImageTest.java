package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headct.ich.jobs.testing.Manifests;
import org.headct.ich.jobs.testing.Repository;
import org.headct.ich.jobs.testing.Script;
import org.headct.ich.jobs.testing.Script.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code deploy/image} with a stand-in for docker that shows its arguments. */
class ImageTest {
  @TempDir private Path folder = Path.of("");

  private static List<String[]> instructions() throws IOException {
    return Files.readAllLines(Repository.top().resolve("deploy/image/Dockerfile")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" +"))
        .toList();
  }

  @Test
  void standsOnAPinnedSparkAndRunsAsItsUser() throws IOException {
    Map<String, List<String[]>> byName =
        instructions().stream().collect(Collectors.groupingBy(words -> words[0]));
    assertThat(byName.keySet()).containsExactlyInAnyOrder("ARG", "FROM", "COPY", "ENV", "USER");
    assertThat(byName.get("ARG").get(0)[1])
        .matches("BASE=apache/spark:3\\.5\\.\\d+-scala2\\.12-java17-\\w+");
    assertThat(byName.get("FROM").get(0)[1]).isEqualTo("${BASE}");
    List<String[]> all = instructions();
    assertThat(all.get(all.size() - 1)).containsExactly("USER", "185");
    for (var application : Manifests.read().values()) {
      if (application.path("kind").asText().endsWith("SparkApplication")) {
        assertThat(Manifests.application(application).at("/driver/podSecurityContext/runAsUser"))
            .hasToString("185");
      }
    }
  }

  @Test
  void getsEverythingThatItCopiesAndNothingElse() throws Exception {
    Path jar = Files.writeString(folder.resolve("some-uber.jar"), "a jar");
    Script script = new Script(folder);
    // The last argument is the context, which the script removes at its end.
    script.program("docker", "printf '%s\\n' \"$@\"; cp -r \"${@: -1}\" \"$PWD/context\"");
    Outcome built =
        script
            .with("PATH", folder + ":" + System.getenv("PATH"))
            .with("ICH_JAR", jar.toString())
            .run("deploy/image/build", "registry/ich:1", "--pull");

    assertThat(built.code()).as(built.err()).isZero();
    List<String> words = built.out().lines().toList();
    assertThat(words).startsWith("build", "--file").contains("--pull");
    assertThat(words).containsSequence("--tag", "registry/ich:1");
    assertThat(Path.of(words.get(words.size() - 1))).doesNotExist();
    Path context = folder.resolve("context");
    List<String> copied =
        instructions().stream()
            .filter(words2 -> words2[0].equals("COPY"))
            .map(words2 -> words2[1])
            .toList();
    try (Stream<Path> files = Files.list(context)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(copied);
    }
    assertThat(context.resolve("ich-pipeline.jar")).hasContent("a jar");
    assertThat(context.resolve("conf/log4j2.properties")).exists();
    assertThat(context.resolve("bin/ich")).isExecutable();
    assertThat(context.resolve("bin/gpu-addresses")).isExecutable();

    Outcome none = script.with("ICH_JAR", "none.jar").run("deploy/image/build");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).startsWith("build: no uber-jar");
  }
}
