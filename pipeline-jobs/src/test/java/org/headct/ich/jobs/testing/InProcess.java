package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.run.CommandGroup;
import org.headct.ich.jobs.run.CommandRunner;
import org.headct.ich.jobs.testing.CommandLine.Result;

/**
 * Runner of command lines in this JVM. Parsing, settings, messages and exit codes equal those of
 * the process that {@link CommandLine} starts. Paths must be absolute.
 */
public final class InProcess {
  /** Spark settings that the launcher would pass. */
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private InProcess() {}

  /**
   * Runs one command to its end. It stops the Spark of {@link TestSpark}, which starts again at its
   * next use.
   *
   * @param groups the available commands
   */
  public static Result run(List<CommandGroup> groups, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SPARK.forEach(System::setProperty);
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      int code = new CommandRunner(groups).execute(arguments);
      return new Result(code, lines(printed), lines(said));
    } finally {
      System.setOut(out);
      System.setErr(err);
      SPARK.keySet().forEach(System::clearProperty);
    }
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(UTF_8).lines().toList();
  }
}
