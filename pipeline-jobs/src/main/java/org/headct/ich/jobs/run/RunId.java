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

  private RunId() {}

  /** UTC time and 16 random bits, such as {@code 20261123T130742-3fa1}. */
  static String next() {
    int random = ThreadLocalRandom.current().nextInt(1 << 16);
    return "%s-%04x".formatted(TIME.format(Instant.now()), random);
  }
}
