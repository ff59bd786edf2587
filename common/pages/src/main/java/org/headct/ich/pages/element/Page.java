package org.headct.ich.pages.element;

import java.util.List;

/**
 * A page before it is HTML.
 *
 * @param notices what must not be overlooked, above everything else
 * @param footer how and when it was made
 */
public record Page(
    String title, String subtitle, List<String> notices, List<Section> sections, String footer) {
  public Page {
    notices = List.copyOf(notices);
    sections = List.copyOf(sections);
  }
}
