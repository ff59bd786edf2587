package org.headct.ich.domain.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, taken from the classes in turn
 * @param coreHourPrice price of one core for an hour, in any currency; 0 if not known
 */
public record ExploreConfig(int pictures, double coreHourPrice) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(
        settings.integer("explore.pictures", 0, 200),
        settings.number("explore.core-hour-price", 0, 1000));
  }
}
