package org.headct.ich.domain.training;

import java.util.List;
import java.util.stream.Stream;
import org.headct.ich.domain.label.Subtype;

/**
 * The outputs of a network: one sigmoid output for each label, each with its own binary loss. The
 * key {@code train.head} names them.
 */
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
  /** Six parallel outputs, the subtypes and {@code any}, as the competition asks. */
  ALL(Subtype.values());

  private final List<Subtype> subtypes;

  Head(Subtype... subtypes) {
    this.subtypes = List.of(subtypes);
  }

  /** Returns the findings that the network answers for in a slice, in order. */
  public List<Subtype> subtypes() {
    return subtypes;
  }

  /** Returns the label columns, in the order of {@link #subtypes}. */
  public List<String> labels() {
    return subtypes.stream().map(Subtype::column).toList();
  }

  /**
   * Returns the names of the network's outputs, in order.
   *
   * @param series whether the network also answers for whole scans: then {@code scan-any} and so on
   *     follow the labels of slices
   */
  public List<String> outputs(boolean series) {
    List<String> scans = labels().stream().map(label -> "scan-" + label).toList();
    return series ? Stream.concat(labels().stream(), scans.stream()).toList() : labels();
  }

  /** Returns the name that people type: {@code multilabel}. */
  public String key() {
    return Keys.of(this);
  }
}
