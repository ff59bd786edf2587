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
 * Selections without a tensor. Tasks report them while they write the other tensors, so no pixel is
 * read twice. The driver counts them when all tasks have finished.
 *
 * <p>Spark drops the reports of a failed attempt. Two attempts at a task can still both succeed, so
 * a selection counts once, however often it was reported.
 */
final class TensorRejections implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String JOB = "build-tensors";

  /** Number of examples in a refusal's message. */
  private static final int EXAMPLES = 3;

  private final CollectionAccumulator<Rejection> reported = new CollectionAccumulator<>();

  private record Rejection(String dataset, Entry finding) implements Serializable {
    String selection() {
      return name(dataset, finding.imageId());
    }
  }

  /** Returns the name of a selection in {@link #selections}. */
  static String name(String dataset, String imageId) {
    return dataset + " " + imageId;
  }

  /** Returns the names of the selections without a tensor. */
  Set<String> selections() {
    return reported.value().stream().map(Rejection::selection).collect(Collectors.toSet());
  }

  /** Creates and registers a collector for the tasks of this Spark context. */
  static TensorRejections of(SparkContext spark) {
    TensorRejections rejections = new TensorRejections();
    // Registered without a name: Spark writes the values of named ones to its event log, and these
    // contain object paths.
    spark.register(rejections.reported);
    return rejections;
  }

  /** Reports that a selection has no tensor. Called in a task. */
  void tell(Place selection, String object, SliceReason reason, String detail) {
    reported.add(
        new Rejection(
            selection.dataset(),
            new Entry(JOB, object, reason.name(), true, selection.imageId(), detail)));
  }

  /** Counts the selections without a tensor by reason. */
  Map<String, Long> byReason() {
    Map<String, String> reasons = new TreeMap<>();
    reported.value().forEach(r -> reasons.put(r.selection(), r.finding().reason()));
    Map<String, Long> counts = new TreeMap<>();
    reasons.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
    return counts;
  }

  /**
   * Returns the rows of {@code ich.slice_findings}, one for each image, even if several datasets
   * select it.
   */
  List<Entry> findings() {
    Map<String, Entry> byImage = new TreeMap<>();
    reported.value().forEach(r -> byImage.put(r.finding().imageId(), r.finding()));
    return sorted(byImage.values().stream());
  }

  /** Sorts findings in the order of the table. */
  static List<Entry> sorted(Stream<Entry> findings) {
    return findings
        .sorted(Comparator.comparing(Entry::object).thenComparing(Entry::imageId))
        .toList();
  }

  /**
   * Returns a few findings for a message. They name images, because object paths belong only in
   * tables.
   */
  List<String> examples() {
    return findings().stream()
        .limit(EXAMPLES)
        .map(f -> "%s %s (%s)".formatted(f.imageId(), f.reason(), f.detail()))
        .toList();
  }
}
