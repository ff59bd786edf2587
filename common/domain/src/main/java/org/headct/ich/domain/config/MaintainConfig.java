package org.headct.ich.domain.config;

import java.time.Duration;

/**
 * Settings of {@code maintain}.
 *
 * @param keepAge age below which snapshots are kept
 * @param keepSnapshots number of a table's latest snapshots that are kept at any age
 * @param orphanAge age below which files without a snapshot are kept
 * @param compact whether small files are merged
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
