package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.metric.Suspicion;
import org.jspecify.annotations.Nullable;

/**
 * A slice with its scores.
 *
 * @param position place in the ordered series, from 0; null for a slice that has none
 * @param scores of the network's outputs, in order
 * @param suspicion as {@link Suspicion#ofSlice} has it
 */
record ScoredSlice(
    String imageId,
    String patientId,
    String scanId,
    String seriesId,
    @Nullable Integer position,
    List<Float> scores,
    double suspicion)
    implements Serializable {

  /** The most suspicious first. */
  static final Comparator<ScoredSlice> BY_SUSPICION =
      Comparator.comparingDouble(ScoredSlice::suspicion)
          .reversed()
          .thenComparing(ScoredSlice::imageId);

  /** Of a row of {@link ScoredRows} that is scored. */
  static ScoredSlice of(Row row, List<Subtype> outputs) {
    List<Float> scores = List.copyOf(row.getList(row.fieldIndex(ScoredRows.SCORES)));
    return new ScoredSlice(
        row.getAs(ScoredRows.IMAGE),
        row.getAs("patient_id"),
        row.getAs(ScoredRows.SCAN),
        row.getAs(ScoredRows.SERIES),
        row.getAs("position"),
        scores,
        Suspicion.ofSlice(outputs, scores));
  }
}
