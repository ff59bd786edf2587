package org.headct.ich.jobs.testing;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/** Capture of this JVM's log from INFO on, in a file. The console still shows only warnings. */
public final class LogCapture implements AutoCloseable {
  private static final String NAME = "capture";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level before = root.getLevel();
  private final FileAppender file;

  /** Starts capturing. */
  public LogCapture(Path target) {
    PatternLayout layout = PatternLayout.newBuilder().withPattern("%p %c: %m%n%ex").build();
    file =
        FileAppender.newBuilder()
            .setName(NAME)
            .withFileName(target.toString())
            .setLayout(layout)
            .build();
    file.start();
    for (AppenderRef ref : root.getAppenderRefs()) {
      limit(ref.getRef(), before);
    }
    root.addAppender(file, Level.INFO, null);
    root.setLevel(Level.INFO);
    context.updateLoggers();
  }

  private void limit(String appender, @Nullable Level level) {
    root.removeAppender(appender);
    root.addAppender(context.getConfiguration().getAppender(appender), level, null);
  }

  @Override
  public void close() {
    root.removeAppender(NAME);
    root.setLevel(before);
    for (AppenderRef ref : root.getAppenderRefs()) {
      limit(ref.getRef(), null);
    }
    context.updateLoggers();
    file.stop();
  }
}
