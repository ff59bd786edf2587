package org.headct.ich.domain.label;

/** The value that a row of a label file gives one class of one image. */
public enum Annotation {
  /** The value 0. */
  NEGATIVE("0"),
  /** The value 1. */
  POSITIVE("1"),
  /** No value: nobody annotated the class. */
  BLANK("blank");

  private final String shown;

  Annotation(String shown) {
    this.shown = shown;
  }

  /** Returns the text for findings: {@code 0}, {@code 1} or {@code blank}. */
  public String shown() {
    return shown;
  }
}
