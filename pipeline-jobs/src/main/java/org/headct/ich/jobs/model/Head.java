package org.headct.ich.jobs.model;

import java.util.List;
import java.util.Locale;
import org.headct.ich.common.error.UserException;

/** What a network answers: one sigmoid output for each label, each with its own binary loss. */
public enum Head {
  /** One output, {@code any}. */
  BINARY(List.of("any")),
  /** Five parallel outputs, one a subtype, in the order of the tensors table. */
  MULTILABEL(
      List.of("epidural", "intraparenchymal", "intraventricular", "subarachnoid", "subdural"));

  private final List<String> labels;

  Head(List<String> labels) {
    this.labels = labels;
  }

  /** Label columns, in the order of the network's outputs. */
  public List<String> labels() {
    return labels;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The head of a configured name. */
  public static Head ofKey(String key) {
    for (Head head : values()) {
      if (head.key().equals(key.toLowerCase(Locale.ROOT))) {
        return head;
      }
    }
    throw new UserException("train.head must be binary or multilabel, got '%s'".formatted(key));
  }
}
