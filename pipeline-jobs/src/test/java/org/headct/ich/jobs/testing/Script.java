package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Runner of {@code deploy} scripts with stand-ins for the programs that they call. */
public final class Script {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Creates a runner.
   *
   * @param folder the test's folder: working directory, and place of the stand-ins
   */
  public Script(Path folder) {
    this.folder = folder;
  }

  /** Result of a script. */
  public record Outcome(int code, String out, String err) {}

  /** Sets an environment variable for the script. */
  public Script with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Removes an environment variable. */
  public Script without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Writes a Bash program into the folder and returns its path. */
  public Path program(String name, String body) throws IOException {
    Path program = folder.resolve(name);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/bash\n" + body + "\n");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + program);
    }
    return program;
  }

  /** Returns Debian's Python. Skips the test with a message if there is none. */
  public static String python() {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no " + python + ": not tested");
    return python.toString();
  }

  /** Runs a command of the working copy, such as {@code deploy/bin/ich}, to its end. */
  public Outcome run(String command, String... arguments) throws IOException, InterruptedException {
    return await(start(command, arguments));
  }

  /** Script that was started, with the files of its output. */
  public record Running(Process process, Path out, Path err) {}

  /** Starts a command, which runs beside the test. */
  public Running start(String command, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Repository.top().resolve(command).toString());
    words.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("ICH") || name.startsWith("SPARK"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /** Waits for the end. */
  public static Outcome await(Running running) throws IOException, InterruptedException {
    int code = running.process().waitFor();
    return new Outcome(
        code, Files.readString(running.out(), UTF_8), Files.readString(running.err(), UTF_8));
  }
}
