package org.headct.ich.networks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;

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

  /** What the network answers for a slice, in order. */
  public List<Subtype> subtypes() {
    return subtypes;
  }

  /** Label columns, in the same order. */
  public List<String> labels() {
    return subtypes.stream().map(Subtype::column).toList();
  }

  /**
   * Names of the network's outputs, in order.
   *
   * @param series whether it also answers for whole scans: after the labels of slices the same of
   *     scans, {@code scan-any} and so on
   */
  public List<String> outputs(boolean series) {
    List<String> scans = labels().stream().map(label -> "scan-" + label).toList();
    return series ? Stream.concat(labels().stream(), scans.stream()).toList() : labels();
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
