package org.headct.ich.pages.element;

/**
 * A paragraph.
 *
 * @param link relative link to another page; empty for none
 */
public record Note(String text, String link) implements Block {
  public Note {
    Links.check(link);
  }

  public Note(String text) {
    this(text, "");
  }
}
