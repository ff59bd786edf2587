package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.io.Writer;
import org.slf4j.Logger;

/**
 * Lines for people that go to the log instead, where all that a command says on standard error is
 * to be of one form: {@code ICH_LOG=json} of the launcher.
 */
final class LogWriter extends Writer {
  /** System property that the launcher sets to the form of the logs. */
  static final String FORM = "ich.log";

  private final Logger log;
  private final StringBuilder line = new StringBuilder();

  private LogWriter(Logger log) {
    this.log = log;
  }

  /** Whether they do. */
  static boolean wanted() {
    return "json".equals(System.getProperty(FORM));
  }

  /** What is printed there is logged line by line, blank ones left out. */
  static PrintWriter to(Logger log) {
    return new PrintWriter(new LogWriter(log), true);
  }

  @Override
  public void write(char[] buffer, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (buffer[i] == '\n') {
        flushLine();
      } else if (buffer[i] != '\r') {
        line.append(buffer[i]);
      }
    }
  }

  private void flushLine() {
    if (!line.toString().isBlank()) {
      log.info("{}", line);
    }
    line.setLength(0);
  }

  @Override
  public void flush() {
    // A line is logged when it is whole.
  }

  @Override
  public void close() {
    flushLine();
  }
}
