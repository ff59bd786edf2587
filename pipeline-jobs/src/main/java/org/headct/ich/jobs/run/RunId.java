package org.headct.ich.jobs.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of runs. They sort by time and do not collide. */
final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The system property that puts the id into each log line, on executors too. */
  static final String PROPERTY = "ich.run-id";

  private RunId() {}

  /** Sets a new id for this process. */
  static void begin() {
    System.setProperty(PROPERTY, next());
  }

  /** Returns the id of this process. */
  static String current() {
    return System.getProperty(PROPERTY, "");
  }

  /** Makes an id of UTC time and 16 random bits, such as {@code 20261123T130742-3fa1}. */
  static String next() {
    int random = ThreadLocalRandom.current().nextInt(1 << 16);
    return "%s-%04x".formatted(TIME.format(Instant.now()), random);
  }
}
