package org.headct.ich.domain.label;

/** The layout of a label file; its first line tells which ({@link LabelHeader}). */
public enum LabelForm {
  /** RSNA's own form: {@code ID,Label}, one row for each image and class. */
  LONG("long", "ID,Label"),
  /** The form that many publish: {@code ID,any,epidural,…}, one row for each image. */
  WIDE("wide", "ID,any,epidural,…"),
  /** CQ500's {@code reads.csv}: {@code name,Category,R1:ICH,…}, one row for each scan. */
  READS("reads", "name,Category,R1:ICH,…");

  private final String key;
  private final String example;

  LabelForm(String key, String example) {
    this.key = key;
    this.example = example;
  }

  /** Returns the name in settings and messages, for example {@code wide}. */
  public String key() {
    return key;
  }

  /** Returns an example of its header. */
  String example() {
    return example;
  }
}
