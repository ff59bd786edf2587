package org.headct.ich.jobs.buildtensors;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.table.SliceFindingsTable.Entry;
import org.headct.ich.jobs.table.TensorsTable.Place;

/**
 * Selections whose object gives no tensor: told by the tasks while they write the others, so that
 * no pixel is read twice, and counted on the driver when they have all written.
 *
 * <p>Spark drops what a failed attempt told. Two attempts at a task can both succeed, though, so a
 * selection counts once, however often it was told.
 */
final class TensorRejections implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String JOB = "build-tensors";

  /** How many a refusal shows. */
  private static final int EXAMPLES = 3;

  private final CollectionAccumulator<Rejection> told = new CollectionAccumulator<>();

  private record Rejection(String dataset, Entry finding) implements Serializable {
    String selection() {
      return name(dataset, finding.imageId());
    }
  }

  /** Of a selection, in {@link #selections}. */
  static String name(String dataset, String imageId) {
    return dataset + " " + imageId;
  }

  /** The selections without a tensor. */
  Set<String> selections() {
    return told.value().stream().map(Rejection::selection).collect(Collectors.toSet());
  }

  /** To be carried into the tasks of this Spark. */
  static TensorRejections of(SparkContext spark) {
    TensorRejections rejections = new TensorRejections();
    // Without a name: Spark writes values of named ones, paths of objects here, to its event log.
    spark.register(rejections.told);
    return rejections;
  }

  /** In a task: there is no tensor of the selection. */
  void tell(Place selection, String object, SliceReason reason, String detail) {
    told.add(
        new Rejection(
            selection.dataset(),
            new Entry(JOB, object, reason.name(), true, selection.imageId(), detail)));
  }

  /** How many selections gave no tensor, by reason. */
  Map<String, Long> byReason() {
    Map<String, String> reasons = new TreeMap<>();
    told.value().forEach(r -> reasons.put(r.selection(), r.finding().reason()));
    Map<String, Long> counts = new TreeMap<>();
    reasons.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
    return counts;
  }

  /** Rows of the ledger: one an image, in however many datasets it is. */
  List<Entry> findings() {
    Map<String, Entry> byImage = new TreeMap<>();
    told.value().forEach(r -> byImage.put(r.finding().imageId(), r.finding()));
    return sorted(byImage.values().stream());
  }

  /** In the order of the ledger. */
  static List<Entry> sorted(Stream<Entry> findings) {
    return findings
        .sorted(Comparator.comparing(Entry::object).thenComparing(Entry::imageId))
        .toList();
  }

  /** Some of them for a message: by image, for paths stand in tables only. */
  List<String> examples() {
    return findings().stream()
        .limit(EXAMPLES)
        .map(f -> "%s %s (%s)".formatted(f.imageId(), f.reason(), f.detail()))
        .toList();
  }
}
