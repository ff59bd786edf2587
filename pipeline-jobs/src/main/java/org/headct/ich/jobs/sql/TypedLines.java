package org.headct.ich.jobs.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a person at a terminal, with line editing, a history in a file, and completion of names
 * by the tab key.
 */
final class TypedLines implements LineReader {
  private static final String WELCOME =
      "Statements end with ; and the shell with Ctrl-D. Tab completes the names of tables, views and"
          + " columns. Try SHOW TABLES; DESCRIBE labels; or SELECT * FROM prevalence;";

  private final Terminal terminal;
  private final org.jline.reader.LineReader editor;

  /**
   * Begins to read.
   *
   * @param names names to complete
   * @param history file that keeps the lines between sessions; created when needed
   */
  TypedLines(Terminal terminal, Collection<String> names, Path history) {
    this.terminal = terminal;
    editor =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer(new StringsCompleter(names))
            .variable(org.jline.reader.LineReader.HISTORY_FILE, history)
            // SQL has no history events, and ! belongs to !=.
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.CASE_INSENSITIVE, true)
            .build();
    say(WELCOME);
  }

  /** Opens this process's terminal, with the history in {@code .ich_history} of the home folder. */
  static TypedLines ofTerminal(Collection<String> names) {
    try {
      return new TypedLines(
          TerminalBuilder.terminal(),
          names,
          Path.of(System.getProperty("user.home"), ".ich_history"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the terminal", e);
    }
  }

  @Override
  public @Nullable String next(String prompt) {
    try {
      return editor.readLine(prompt);
    } catch (UserInterruptException e) {
      return CANCEL;
    } catch (EndOfFileException e) {
      return null;
    }
  }

  @Override
  public void say(String line) {
    terminal.writer().println(line);
    terminal.flush();
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore the terminal", e);
    }
  }
}
