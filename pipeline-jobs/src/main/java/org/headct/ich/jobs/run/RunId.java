package org.headct.ich.jobs.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names of runs: they sort by time and don't collide. */
final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** System property for the logs: each line has it, on executors too. */
  static final String PROPERTY = "ich.run-id";

  private RunId() {}

  /** A new one, for this process. */
  static void begin() {
    System.setProperty(PROPERTY, next());
  }

  /** Of this process. */
  static String current() {
    return System.getProperty(PROPERTY, "");
  }

  /** UTC time and 16 random bits, such as {@code 20261123T130742-3fa1}. */
  static String next() {
    int random = ThreadLocalRandom.current().nextInt(1 << 16);
    return "%s-%04x".formatted(TIME.format(Instant.now()), random);
  }
}
