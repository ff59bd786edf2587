package org.headct.ich.pages.element;

import java.util.List;

/**
 * The content of a page before it is rendered.
 *
 * @param notices important notices, shown at the top
 * @param footer sentence on how and when the page was made
 */
public record Page(
    String title, String subtitle, List<String> notices, List<Section> sections, String footer) {
  public Page {
    notices = List.copyOf(notices);
    sections = List.copyOf(sections);
  }
}
