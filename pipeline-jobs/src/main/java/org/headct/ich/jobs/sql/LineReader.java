package org.headct.ich.jobs.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source of the shell's lines, and the output for its errors. */
interface LineReader extends AutoCloseable {
  /** The line of a person who types Ctrl-C: the statement so far is dropped. */
  String CANCEL = "\u0003";

  /** Returns the next line, or null at the end. */
  @Nullable String next(String prompt);

  @Override
  default void close() {}

  /** Prints a line that is not a result. */
  void say(String line);

  /**
   * Returns whether a person types. That person has seen a wrong statement, so that it does not
   * fail the run.
   */
  boolean interactive();

  /** Returns the lines of a pipe or file. */
  static LineReader ofPipe() {
    return new Piped(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
  }

  /** Lines of a pipe or file, without a prompt. */
  final class Piped implements LineReader {
    private static final Logger LOG = LoggerFactory.getLogger(SqlJob.class);

    private final BufferedReader input;

    Piped(BufferedReader input) {
      this.input = input;
    }

    @Override
    public @Nullable String next(String prompt) {
      try {
        return input.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read standard input", e);
      }
    }

    @Override
    public void say(String line) {
      LOG.error("{}", line);
    }

    @Override
    public boolean interactive() {
      return false;
    }
  }
}
