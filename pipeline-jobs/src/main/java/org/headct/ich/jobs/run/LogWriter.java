package org.headct.ich.jobs.run;

import java.io.PrintWriter;
import java.io.Writer;
import org.slf4j.Logger;

/**
 * A writer that sends lines for people to the log. The launcher's {@code ICH_LOG=json} asks for it:
 * then everything on standard error has one format.
 */
final class LogWriter extends Writer {
  /** The system property in which the launcher passes the format of the logs. */
  static final String FORM = "ich.log";

  private final Logger log;
  private final StringBuilder line = new StringBuilder();

  private LogWriter(Logger log) {
    this.log = log;
  }

  /** Returns whether lines for people go to the log. */
  static boolean wanted() {
    return "json".equals(System.getProperty(FORM));
  }

  /** Returns a writer that logs each printed line. Blank lines are dropped. */
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
    // Only complete lines are logged.
  }

  @Override
  public void close() {
    flushLine();
  }
}
