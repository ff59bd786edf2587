package org.headct.ich.pages.element;

import java.util.regex.Pattern;

/**
 * Links of pages to pages: names of files, relative to the page, and nothing that a browser takes
 * for a scheme or another host.
 */
final class Links {
  private static final Pattern RELATIVE =
      Pattern.compile("((\\.\\./)*([A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*)?");

  private Links() {}

  /**
   * @throws IllegalArgumentException for anything else; empty is no link
   */
  static void check(String link) {
    if (!RELATIVE.matcher(link).matches()) {
      throw new IllegalArgumentException("not the name of a page beside this one: " + link);
    }
  }
}
