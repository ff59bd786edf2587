package org.headct.ich.domain.label;

/** What a row of the label file says of one class of one image. */
public enum Annotation {
  /** 0. */
  NEGATIVE("0"),
  /** 1. */
  POSITIVE("1"),
  /** Nothing: the class was not annotated. */
  BLANK("blank");

  private final String shown;

  Annotation(String shown) {
    this.shown = shown;
  }

  /** As findings write it: {@code 0}, {@code 1} or {@code blank}. */
  public String shown() {
    return shown;
  }
}
