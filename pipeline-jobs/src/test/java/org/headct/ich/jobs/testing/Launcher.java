package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.testing.Script.Outcome;

/** Runner of {@code deploy/bin/ich} with a stand-in for spark-submit that prints its arguments. */
public final class Launcher {
  /** Exit code of the stand-in for java when it checks a command. */
  public static final int REFUSED = 5;

  private final Path folder;
  private final Script script;

  /**
   * Writes the stand-in.
   *
   * @param folder the test's folder
   */
  public Launcher(Path folder) throws IOException {
    this.folder = folder;
    script = new Script(folder);
    script.program("spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
    script
        .with("SPARK_HOME", folder.resolve("spark").toString())
        .with("ICH_JAR", "local:///opt/ich/ich-pipeline.jar");
  }

  /**
   * Removes {@code SPARK_HOME} and adds a java that prints its arguments. Then the launcher starts
   * its own Spark.
   */
  public Launcher onAssembledSpark() throws IOException {
    script.program(
        "jdk/bin/java",
        "printf '%s\\n' \"$@\"; case \"$*\" in *ich.check*) exit " + REFUSED + " ;; esac");
    script.program("ich.jar", "");
    script
        .without("SPARK_HOME")
        .with("JAVA_HOME", folder.resolve("jdk").toString())
        .with("ICH_JAR", folder.resolve("ich.jar").toString());
    return this;
  }

  /** Sets an environment variable for the launcher. */
  public Launcher with(String variable, String value) {
    script.with(variable, value);
    return this;
  }

  /**
   * Arguments that spark-submit received.
   *
   * @param words all arguments in order
   */
  public record Submitted(int code, List<String> words, String err) {
    /** Returns the Spark settings among the arguments. The last one of each key wins. */
    public Map<String, String> conf() {
      Map<String, String> conf = new LinkedHashMap<>();
      for (int i = 1; i < words.size(); i++) {
        int equals = words.get(i).indexOf('=');
        if (words.get(i - 1).equals("--conf")) {
          conf.put(words.get(i).substring(0, equals), words.get(i).substring(equals + 1).strip());
        }
      }
      return conf;
    }

    /** Returns the command and its own options, which follow the jar. */
    public List<String> arguments() {
      return words.subList(words.indexOf("local:///opt/ich/ich-pipeline.jar") + 1, words.size());
    }
  }

  /** Runs the launcher. */
  public Submitted run(String... arguments) throws IOException, InterruptedException {
    Outcome outcome = script.run("deploy/bin/ich", arguments);
    return new Submitted(outcome.code(), outcome.out().lines().toList(), outcome.err());
  }
}
