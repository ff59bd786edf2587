package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runner of {@code deploy/bin/ich}, as a user would start it, in a folder of its own. */
public final class CommandLine {
  private static final int PATIENCE_MINUTES = 5;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Creates a command line.
   *
   * @param folder the working directory, to which relative paths refer
   */
  public CommandLine(Path folder) {
    this.folder = folder;
  }

  /** Sets an environment variable for the commands. */
  public CommandLine with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Result of a command.
   *
   * @param out the lines of standard output
   * @param err the lines of standard error
   */
  public record Result(int code, List<String> out, List<String> err) {}

  /** Runs one command and waits for its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  /** Starts a command, which runs beside the test. */
  public Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Repository.top().resolve("deploy/bin/ich").toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder.getParent(), "out", ".txt");
    Path err = Files.createTempFile(folder.getParent(), "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("ICH_JAR");
    builder.environment().put("ICH_MASTER", "local[2]");
    builder.environment().put("ICH_DRIVER_MEMORY", "1g");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /** Command that was started. The scripts replace their process by the JVM. */
  public static final class Running implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** Returns the standard error so far. */
    public String said() throws IOException {
      return Files.readString(err, UTF_8);
    }

    /** Returns the standard output so far. */
    public String printed() throws IOException {
      return Files.readString(out, UTF_8);
    }

    /** Waits for the end. */
    public Result await() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s did not end: %s".formatted(process.info().commandLine().orElse(""), said()));
      }
      return new Result(
          process.exitValue(), Files.readAllLines(out, UTF_8), Files.readAllLines(err, UTF_8));
    }

    /** Kills the process with {@code kill -9} and waits until it is gone. */
    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
