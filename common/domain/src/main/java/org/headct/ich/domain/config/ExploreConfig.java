package org.headct.ich.domain.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, taken from the classes in turn
 * @param queries folder with the user's SQL files; empty for none
 * @param coreHourPrice price of one core for an hour, in any currency; 0 if not known
 */
public record ExploreConfig(int pictures, String queries, double coreHourPrice) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(
        settings.integer("explore.pictures", 0, 200),
        settings.text("explore.queries"),
        settings.number("explore.core-hour-price", 0, 1000));
  }
}
