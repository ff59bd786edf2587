package org.headct.ich.jobs.sql;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.Statements;
import org.headct.ich.jobs.query.Statements.Statement;

/**
 * A shell that reads lines until a semicolon and runs the statements. A wrong statement does not
 * end it.
 */
final class Shell {
  private static final String PROMPT = "ich> ";
  private static final String PROMPT_WITHIN = "  -> ";
  private static final Pattern LEAVE = Pattern.compile("\\s*(?i:exit|quit)\\s*;?\\s*");

  private final LineReader lines;
  private final ToLongFunction<String> execute;
  private String open = "";
  private long rows;
  private int wrong;

  /**
   * Creates a shell.
   *
   * @param execute runs one statement and returns its number of rows; throws {@link UserException}
   *     for a wrong statement
   */
  Shell(LineReader lines, ToLongFunction<String> execute) {
    this.lines = lines;
    this.execute = execute;
  }

  /**
   * Runs until the end of the lines, or {@code exit}. Returns the number of rows of all results.
   *
   * @throws UserException at the end, if statements were wrong and nobody was there to see it
   */
  long run() {
    boolean more = true;
    while (more) {
      more = step();
    }
    if (wrong > 0 && !lines.interactive()) {
      throw new UserException(
          "standard input: %d wrong %s, explained above"
              .formatted(wrong, wrong == 1 ? "statement" : "statements"));
    }
    return rows;
  }

  /** Reads a line. Returns whether there may be more. */
  private boolean step() {
    String line = lines.next(open.isEmpty() ? PROMPT : PROMPT_WITHIN);
    if (line == null || (open.isEmpty() && LEAVE.matcher(line).matches())) {
      execute(Statements.of(open).all());
      return false;
    }
    if (line.equals(LineReader.CANCEL)) {
      open = "";
      return true;
    }
    Statements statements = Statements.of(open + line + "\n");
    open = statements.open();
    execute(statements.complete());
    return true;
  }

  private void execute(List<Statement> statements) {
    for (Statement statement : statements) {
      try {
        rows += execute.applyAsLong(statement.text());
      } catch (UserException e) {
        wrong++;
        lines.say(String.valueOf(e.getMessage()));
      }
    }
  }
}
