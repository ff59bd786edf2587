package org.headct.ich.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.headct.ich.jobs.testing.StandaloneCluster.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.io.CompressionCodec$;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of {@code conf/history.properties}: the content of Spark's event log, which more people
 * read than the one who started the run, and its display in Spark's history server.
 */
class HistoryServerIT {
  private static final Pattern STARTED =
      Pattern.compile("HistoryServer: Bound .* started at (http://\\S+)");

  @TempDir private Path folder = Path.of("");

  @Test
  @Tag("nightly")
  void aRunIsShownWithoutItsSecrets() throws Exception {
    Path work = Files.createDirectories(folder.resolve("work"));
    Path events = Files.createDirectories(folder.resolve("events"));
    StringBuilder labels = new StringBuilder("ID,Label\n");
    for (String subtype :
        List.of(
            "epidural",
            "intraparenchymal",
            "intraventricular",
            "subarachnoid",
            "subdural",
            "any")) {
      labels.append("ID_0123456789ab_").append(subtype).append(",0\n");
    }
    Files.writeString(work.resolve("labels.csv"), labels);

    CommandLine.Result result =
        new CommandLine(work)
            .with("ICH_ROOT", folder.toUri().toString())
            .with("ICH_PSEUDONYM_KEY", "planted-by-environment")
            .with("AWS_SECRET_ACCESS_KEY", "planted-by-aws")
            .run(
                "reshape-labels",
                "--set",
                "labels.input=labels.csv",
                "--set",
                "catalog.properties.type=hadoop",
                "--set",
                "catalog.properties.warehouse=" + work.resolve("warehouse"),
                "--set",
                "catalog.properties.credential=planted-for-catalog",
                "--",
                "--properties-file",
                Repository.top().resolve("conf/history.properties").toString(),
                "--conf",
                "spark.hadoop.fs.s3a.secret.key=planted-for-s3",
                "--conf",
                "spark.yarn.appMasterEnv.ICH_PSEUDONYM_KEY=planted-for-yarn");
    assertThat(result.code()).as(String.join("\n", result.err())).isZero();

    String log = log(events);
    assertThat(log)
        .contains("\"App Name\":\"ich reshape-labels\"", "SparkListenerJobStart")
        .contains("spark.sql.catalog.ich.credential", "spark.yarn.appMasterEnv.ICH_PSEUDONYM_KEY")
        .doesNotContain("planted");

    assertThat(applications(events)).containsExactly("ich reshape-labels");
  }

  /** Returns the decompressed log. */
  private static String log(Path events) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(events)) {
      files =
          found.filter(file -> file.getFileName().toString().matches("events_.*\\.zstd")).toList();
    }
    assertThat(files).isNotEmpty();
    StringBuilder log = new StringBuilder();
    for (Path file : files) {
      try (var in =
          CompressionCodec$.MODULE$
              .createCodec(new SparkConf(false), "zstd")
              .compressedContinuousInputStream(Files.newInputStream(file))) {
        log.append(new String(in.readAllBytes(), UTF_8));
      }
    }
    return log.toString();
  }

  /** Returns the names of the runs in a history server, from the interface that its pages use. */
  private List<String> applications(Path events) throws Exception {
    Path log = folder.resolve("history.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Repository.top().resolve("deploy/spark-home/bin/spark-class").toString(),
                "org.apache.spark.deploy.history.HistoryServer",
                "--properties-file",
                Repository.top().resolve("conf/history.properties").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("ICH_ROOT", events.getParent().toUri().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_DAEMON_MEMORY", "256m");
    builder.environment().put("SPARK_HISTORY_OPTS", "-Dspark.history.ui.port=0");
    Process server = builder.start();
    try {
      await("the history server", () -> STARTED.matcher(Files.readString(log)).find());
      Matcher matcher = STARTED.matcher(Files.readString(log));
      assertThat(matcher.find()).isTrue();
      URI api = URI.create(matcher.group(1) + "/api/v1/applications");
      List<String> names = new ArrayList<>();
      await(
          "a run in the history",
          () -> {
            try (var in = api.toURL().openStream()) {
              for (JsonNode run : new ObjectMapper().readTree(in)) {
                names.add(run.path("name").asText());
              }
            }
            return !names.isEmpty();
          });
      return names;
    } finally {
      server.destroyForcibly().waitFor();
    }
  }
}
