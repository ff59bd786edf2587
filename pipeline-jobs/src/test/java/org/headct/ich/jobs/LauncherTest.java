package org.headct.ich.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.headct.ich.jobs.testing.Launcher;
import org.headct.ich.jobs.testing.Launcher.Submitted;
import org.headct.ich.jobs.testing.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the command line that {@code deploy/bin/ich} makes for each kind of cluster. */
class LauncherTest {
  private static final String LOG4J = "-Dlog4j2.configurationFile=";

  @TempDir private Path folder = Path.of("");
  private Launcher launcher;

  @BeforeEach
  void files() throws IOException {
    launcher = new Launcher(folder);
    Files.writeString(folder.resolve("site.conf"), "");
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/site.conf"), "");
  }

  @Test
  void onThisMachine() throws Exception {
    Submitted plain = launcher.run("refresh", "--config", "site.conf");
    assertThat(plain.code()).isZero();
    assertThat(plain.words()).containsSequence("--master", "local[*,3]");
    assertThat(plain.arguments()).containsExactly("refresh", "--config", "site.conf");
    assertThat(plain.conf().get("spark.driver.extraJavaOptions"))
        .startsWith(LOG4J + "file:" + Repository.top().resolve("conf/log4j2.properties"));
    assertThat(plain.err()).isEmpty();
  }

  /** The launcher shows its command line on request, without secrets. */
  @Test
  void tellsWhatItRunsWhereItIsAsked() throws Exception {
    String[] secret = {
      "refresh", "--dry-run", "--", "--conf", "spark.hadoop.fs.s3a.secret.key=planted and more"
    };
    Submitted dry = launcher.run(secret);
    assertThat(dry.words()).contains("spark.hadoop.fs.s3a.secret.key=planted and more");
    assertThat(dry.err())
        .startsWith("+ ")
        .contains("spark-submit --master", "s3a.secret.key=***", "refresh --dry-run")
        .doesNotContain("planted", "more");
    assertThat(launcher.with("ICH_VERBOSE", "1").run("refresh").err()).startsWith("+ ");
    assertThat(launcher.with("ICH_LOG", "json").run("refresh").err())
        .as("the setting is in the log")
        .isEmpty();
  }

  @Test
  void aPresetIsItsFileBelowTheOthers() throws Exception {
    String presets = Repository.top().resolve("conf/experiments").toString();
    assertThat(launcher.run("experiment", "exp1-cnn", "--config", "site.conf").arguments())
        .containsExactly(
            "experiment", "--config", presets + "/exp1-cnn.conf", "--config", "site.conf");
    assertThat(launcher.run("experiment", "--config", "site.conf").arguments())
        .containsExactly("experiment", "--config", "site.conf");
    for (String none : List.of("exp3", "../demo", "learning")) {
      Submitted refused = launcher.run("experiment", none);
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("no preset " + none, "only cnn-rnn cq500-cnn4 ");
    }
  }

  /** A driver on the user's own machine reads local files in place, on every cluster. */
  @Test
  void withTheDriverHere() throws Exception {
    Submitted yarn =
        launcher.run(
            "refresh", "--config=site.conf", "--", "--master", "yarn", "--num-executors=8");
    assertThat(yarn.words()).containsOnlyOnce("--master").contains("yarn", "--num-executors=8");
    assertThat(yarn.arguments()).containsExactly("refresh", "--config=site.conf");
    assertThat(yarn.conf()).doesNotContainKey("spark.yarn.dist.files");
  }

  @Test
  void yarnTakesTheFilesAlong() throws Exception {
    Submitted yarn =
        launcher
            .with("ICH_ROOT", "hdfs:///ich")
            .with("ICH_PSEUDONYM_KEY", "planted")
            .run(
                "refresh",
                "--config=site.conf",
                "--set",
                "a=b",
                "--",
                "--master=yarn",
                "--deploy-mode",
                "cluster");
    assertThat(yarn.code()).as(yarn.err()).isZero();
    assertThat(yarn.arguments()).containsExactly("refresh", "--config=site.conf", "--set", "a=b");
    assertThat(yarn.conf().get("spark.yarn.dist.files").split(","))
        .containsExactly(
            "file:" + Repository.top().resolve("conf/log4j2.properties"),
            "file:" + folder.resolve("site.conf").toRealPath());
    assertThat(yarn.conf())
        .containsEntry("spark.yarn.maxAppAttempts", "1")
        .containsEntry("spark.yarn.appMasterEnv.ICH_ROOT", "hdfs:///ich")
        .containsEntry("spark.yarn.appMasterEnv.OMP_NUM_THREADS", "1");
    assertThat(yarn.conf().get("spark.driver.extraJavaOptions"))
        .startsWith(LOG4J + "log4j2.properties ");
    assertThat(yarn.words())
        .as("no secret on a line that everybody sees")
        .noneMatch(word -> word.contains("planted"));
    assertThat(yarn.err()).doesNotContain("planted");
  }

  @Test
  void aStandaloneClusterReadsThemByTheirWholePath() throws Exception {
    Submitted alone =
        launcher
            .with("ICH_MASTER", "spark://m:7077")
            .run("refresh", "--config", "site.conf", "--", "--deploy-mode=cluster");
    assertThat(alone.arguments())
        .containsExactly(
            "refresh", "--config", folder.resolve("site.conf").toRealPath().toString());
    assertThat(alone.conf())
        .containsEntry("spark.standalone.submit.waitAppCompletion", "true")
        .doesNotContainKey("spark.yarn.dist.files");
    // Spark adds these options for every other driver.
    String opened =
        JavaModuleOptions.defaultModuleOptions().replace("-XX:+IgnoreUnrecognizedVMOptions", "");
    assertThat(List.of(alone.conf().get("spark.driver.extraJavaOptions").split(" +")))
        .containsAll(List.of(opened.strip().split(" +")));
  }

  @Test
  void mistakes() throws Exception {
    String[] onCluster = {"--", "--master", "yarn", "--deploy-mode", "cluster"};
    assertMistake(run(onCluster, "refresh", "--config", "none.conf"), "no such file: none.conf");
    assertMistake(
        run(onCluster, "refresh", "--config", "site.conf", "--config=other/site.conf"),
        "two files are named site.conf");
    assertMistake(launcher.with("ICH_JAR", "none.jar").run("refresh"), "no uber-jar");
  }

  private Submitted run(String[] options, String... arguments) throws Exception {
    String[] all = new String[arguments.length + options.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    return launcher.run(all);
  }

  private static void assertMistake(Submitted submitted, String message) {
    assertThat(submitted.code()).isEqualTo(2);
    assertThat(submitted.words()).isEmpty();
    assertThat(submitted.err()).startsWith("ich: ").contains(message).hasLineCount(1);
  }
}
