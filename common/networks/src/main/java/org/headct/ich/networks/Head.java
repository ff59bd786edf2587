package org.headct.ich.networks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;

/** The outputs of a network: one sigmoid output for each label, each with its own binary loss. */
public enum Head {
  /** One output, {@code any}. */
  BINARY(Subtype.ANY),
  /** Five parallel outputs, one for each subtype, in the order of the tensors table. */
  MULTILABEL(
      Subtype.EPIDURAL,
      Subtype.INTRAPARENCHYMAL,
      Subtype.INTRAVENTRICULAR,
      Subtype.SUBARACHNOID,
      Subtype.SUBDURAL),
  /** Six parallel outputs: the subtypes and {@code any}, as the competition asks. */
  ALL(Subtype.values());

  private final List<Subtype> subtypes;

  Head(Subtype... subtypes) {
    this.subtypes = List.of(subtypes);
  }

  /** Returns the labels that the network predicts for a slice, in order. */
  public List<Subtype> subtypes() {
    return subtypes;
  }

  /** Returns the label columns, in the same order. */
  public List<String> labels() {
    return subtypes.stream().map(Subtype::column).toList();
  }

  /**
   * Returns the names of the network's outputs, in order.
   *
   * @param series true if the network also predicts for whole scans. The scan outputs follow the
   *     slice outputs, with the prefix {@code scan-}, such as {@code scan-any}
   */
  public List<String> outputs(boolean series) {
    List<String> scans = labels().stream().map(label -> "scan-" + label).toList();
    return series ? Stream.concat(labels().stream(), scans.stream()).toList() : labels();
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the head with a configured name. */
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
