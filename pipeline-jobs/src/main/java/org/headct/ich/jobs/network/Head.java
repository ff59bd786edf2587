package org.headct.ich.jobs.network;

import java.util.List;
import java.util.Locale;
import org.headct.ich.common.error.UserException;
import org.headct.ich.common.label.Subtype;

/** What a network answers: one sigmoid output for each label, each with its own binary loss. */
public enum Head {
  /** One output, {@code any}. */
  BINARY(Subtype.ANY),
  /** Five parallel outputs, one a subtype, in the order of the tensors table. */
  MULTILABEL(
      Subtype.EPIDURAL,
      Subtype.INTRAPARENCHYMAL,
      Subtype.INTRAVENTRICULAR,
      Subtype.SUBARACHNOID,
      Subtype.SUBDURAL),
  /** Six parallel outputs, the subtypes and {@code any}: what the competition asks for. */
  ALL(Subtype.values());

  private final List<Subtype> subtypes;

  Head(Subtype... subtypes) {
    this.subtypes = List.of(subtypes);
  }

  /** The outputs of the network, in order. */
  public List<Subtype> subtypes() {
    return subtypes;
  }

  /** Label columns, in the order of the network's outputs. */
  public List<String> labels() {
    return subtypes.stream().map(Subtype::column).toList();
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
    throw new UserException(
        "train.head must be binary, multilabel or all, got '%s'".formatted(key));
  }
}
