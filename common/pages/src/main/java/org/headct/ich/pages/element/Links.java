package org.headct.ich.pages.element;

import java.util.regex.Pattern;

/**
 * The check of links between pages. A link is a relative file name, never a scheme or another host.
 */
final class Links {
  private static final Pattern RELATIVE =
      Pattern.compile("((\\.\\./)*([A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*)?");

  private Links() {}

  /**
   * Checks that a link is a relative file name or empty (no link).
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static void check(String link) {
    if (!RELATIVE.matcher(link).matches()) {
      throw new IllegalArgumentException("a link must be a relative file name, got " + link);
    }
  }
}
