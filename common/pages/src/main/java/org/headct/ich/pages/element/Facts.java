package org.headct.ich.pages.element;

import java.util.List;

/** Key figures as tiles. */
public record Facts(List<Fact> facts) implements Block {

  /**
   * A key figure.
   *
   * @param detail second line in small print; may be empty
   */
  public record Fact(String label, String value, String detail) {}

  public Facts {
    facts = List.copyOf(facts);
  }
}
