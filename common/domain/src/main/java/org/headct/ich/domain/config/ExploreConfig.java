package org.headct.ich.domain.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, the classes in turn
 * @param coreHourPrice of a core, in any currency; 0 where it is not known
 */
public record ExploreConfig(int pictures, double coreHourPrice) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(
        settings.integer("explore.pictures", 0, 200),
        settings.number("explore.core-hour-price", 0, 1000));
  }
}
