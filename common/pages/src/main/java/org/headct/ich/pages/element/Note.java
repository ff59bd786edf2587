package org.headct.ich.pages.element;

/**
 * A paragraph.
 *
 * @param link another page beside this one, to which it leads; empty for none
 */
public record Note(String text, String link) implements Block {
  public Note {
    Links.check(link);
  }

  public Note(String text) {
    this(text, "");
  }
}
