package org.headct.ich.domain.series;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a series' folder in CQ500, such as {@code CQ500CT0 CQ500CT0/Unknown Study/CT Plain}.
 * Folders of other dumps may be named after patients and are not looked at.
 */
public final class SeriesFolder {
  private static final Pattern CQ500 =
      Pattern.compile("(?:^|[/!])CQ500[-_ ]?CT[-_ ]?[0-9]+[^/]*/(?:[^/]+/)?([^/]+)/[^/]+$");

  private SeriesFolder() {}

  /**
   * Returns the name; empty if the path is not one of CQ500.
   *
   * @param path path of an object or of a member of an archive; spaces may be written as %20
   */
  public static String of(String path) {
    Matcher matcher = CQ500.matcher(path.replace("%20", " "));
    return matcher.find() ? matcher.group(1) : "";
  }
}
