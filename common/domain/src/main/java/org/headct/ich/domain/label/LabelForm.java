package org.headct.ich.domain.label;

/** How a label file is laid out; its first line tells ({@link LabelHeader}). */
public enum LabelForm {
  /** RSNA's own: {@code ID,Label}, a row an image and class. */
  LONG("long", "ID,Label"),
  /** As many publish it: {@code ID,any,epidural,…}, a row an image. */
  WIDE("wide", "ID,any,epidural,…"),
  /** CQ500's {@code reads.csv}: {@code name,Category,R1:ICH,…}, a row a scan. */
  READS("reads", "name,Category,R1:ICH,…");

  private final String key;
  private final String example;

  LabelForm(String key, String example) {
    this.key = key;
    this.example = example;
  }

  /** As settings and messages name it, for example {@code wide}. */
  public String key() {
    return key;
  }

  /** What its header looks like. */
  String example() {
    return example;
  }
}
