package org.headct.ich.domain.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, the classes in turn
 * @param queries folder of the user's files of SQL; empty for none
 * @param coreHourPrice of a core, in any currency; 0 where it is not known
 */
public record ExploreConfig(int pictures, String queries, double coreHourPrice) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(
        settings.integer("explore.pictures", 0, 200),
        settings.text("explore.queries"),
        settings.number("explore.core-hour-price", 0, 1000));
  }
}
