package org.headct.ich.common.config;

/**
 * Settings of {@code explore}.
 *
 * @param pictures slices on the contact sheet, the classes in turn
 */
public record ExploreConfig(int pictures) {
  public static ExploreConfig from(Settings settings) {
    return new ExploreConfig(settings.integer("explore.pictures", 0, 200));
  }
}
