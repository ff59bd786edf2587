package org.headct.ich.common.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, the classes in turn
 * @param queries folder of the user's files of SQL; empty for none
 */
public record ExploreConfig(int pictures, String queries) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(
        settings.integer("explore.pictures", 0, 200), settings.text("explore.queries"));
  }
}
