package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.testing.CommandLine;
import org.headct.ich.jobs.testing.CommandLine.Result;
import org.headct.ich.jobs.testing.ObjectStore;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the command against an S3 server, with only the jar, the shipped settings and
 * credentials in the environment.
 */
class ObjectStorageCommandIT {
  @TempDir private Path folder = Path.of("");
  private Path work = Path.of("");
  private ObjectStore store;
  private String bucket = "";

  @BeforeEach
  void start() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    store = new ObjectStore(folder.resolve("store"));
    bucket = store.bucket("ich");
  }

  @AfterEach
  void stop() throws InterruptedException {
    store.close();
  }

  private Result run(String secret, String... command) throws Exception {
    Path top = Repository.top();
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--config", top.resolve("conf/cluster.conf").toString(), "--"));
    line.addAll(List.of("--properties-file", top.resolve("conf/s3.properties").toString()));
    line.addAll(List.of("--conf", "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + store.port()));
    return new CommandLine(work)
        .with("ICH_ROOT", bucket + "/lake")
        .with("AWS_ACCESS_KEY_ID", ObjectStore.ACCESS_KEY)
        .with("AWS_SECRET_ACCESS_KEY", secret)
        .run(line.toArray(String[]::new));
  }

  @Test
  void credentialsComeFromTheEnvironment() throws Exception {
    StringBuilder rows = new StringBuilder("ID,Label\n");
    for (Subtype subtype : Subtype.values()) {
      rows.append("ID_0000000a1_%s,0\n".formatted(subtype.column()));
    }
    store.put("ich", "labels.csv", rows.toString());

    Result labels =
        run(
            ObjectStore.SECRET_KEY,
            "reshape-labels",
            "--set",
            "labels.input=" + bucket + "/labels.csv");
    assertThat(labels.code()).as(String.join("\n", labels.err())).isZero();
    assertThat(labels.err())
        .anyMatch(line -> line.startsWith("reshape-labels: 1 images with six labels"));

    Result doctor = run(ObjectStore.SECRET_KEY, "doctor");
    assertThat(doctor.code()).as(String.join("\n", doctor.err())).isZero();
    assertThat(doctor.out())
        .anyMatch(line -> line.matches("OK +ich.labels +1 rows.*"))
        .anyMatch(
            line ->
                line.matches("WARN +catalog .*rename.*one writing command.*catalog.properties.*"))
        .anyMatch(line -> line.matches("OK +models.path +s3a://ich/lake/models, writable"));
    try (var left = Files.list(work)) {
      assertThat(left).as("nothing on local paths").isEmpty();
    }
  }

  @Test
  void aWrongSecretIsToldInOneLineAndAtOnce() throws Exception {
    long begun = System.nanoTime();

    Result refused =
        run("not-the-secret", "reshape-labels", "--set", "labels.input=" + bucket + "/x.csv");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .startsWith("ich: warehouse.path: cannot reach s3a://ich/lake/warehouse")
        .contains("403", "AWS_SECRET_ACCESS_KEY");
    // Starting takes ten seconds. A client that repeats the request, as after a fault, would take
    // minutes.
    assertThat(System.nanoTime() - begun).isLessThan(60_000_000_000L);
  }
}
