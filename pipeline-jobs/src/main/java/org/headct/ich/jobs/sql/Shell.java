package org.headct.ich.jobs.sql;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.Statements;
import org.headct.ich.jobs.query.Statements.Statement;

/** Reads lines until a semicolon and runs what they say; a wrong statement does not end it. */
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
   * @param execute runs one statement and returns its rows; throws {@link UserException} for a
   *     wrong one
   */
  Shell(LineReader lines, ToLongFunction<String> execute) {
    this.lines = lines;
    this.execute = execute;
  }

  /**
   * Runs until the end of the lines, or {@code exit}; returns the rows of all results.
   *
   * @throws UserException at the end, when nobody was there to see that statements were wrong
   */
  long run() {
    boolean more = true;
    while (more) {
      more = step();
    }
    if (wrong > 0 && !lines.interactive()) {
      throw new UserException(
          "standard input: %d wrong %s, told above"
              .formatted(wrong, wrong == 1 ? "statement" : "statements"));
    }
    return rows;
  }

  /** Whether there is more to read. */
  private boolean step() {
    String line = lines.next(open.isEmpty() ? PROMPT : PROMPT_WITHIN);
    if (line == null || (open.isEmpty() && LEAVE.matcher(line).matches())) {
      execute(Statements.of(open).all());
      return false;
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
