package org.headct.ich.domain.config;

import java.time.Duration;

/**
 * Settings of {@code maintain}.
 *
 * @param keepAge snapshots that are younger stay
 * @param keepSnapshots so many of a table's latest stay, however old
 * @param orphanAge files that no snapshot names stay while they are younger
 * @param compact whether small files are put together
 */
public record MaintainConfig(
    Duration keepAge, int keepSnapshots, Duration orphanAge, boolean compact) {

  public static MaintainConfig from(Settings settings) {
    return new MaintainConfig(
        Duration.ofDays(settings.integer("maintain.keep-days", 0, 36_500)),
        settings.integer("maintain.keep-snapshots", 1, 10_000),
        Duration.ofHours(settings.integer("maintain.orphan-hours", 24, 876_000)),
        settings.flag("maintain.compact"));
  }
}
