package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.metric.Suspicion;
import org.headct.ich.jobs.predict.ScoreTask.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A slice with its scores.
 *
 * @param position index in the ordered series, from 0; null for a slice without a position
 * @param standing share of the slice in its scan's suspicion
 * @param scores one score per output of the network, in order
 * @param suspicion suspicion of the slice, by {@link Suspicion#ofSlice}
 */
record ScoredSlice(
    String imageId,
    String patientId,
    String scanId,
    String seriesId,
    @Nullable Integer position,
    Standing standing,
    List<Float> scores,
    double suspicion)
    implements Serializable {

  /** The order of slices, the most suspicious first. */
  static final Comparator<ScoredSlice> BY_SUSPICION =
      Comparator.comparingDouble(ScoredSlice::suspicion)
          .reversed()
          .thenComparing(ScoredSlice::imageId);

  /** The order of slices on a page: those that count first, the most suspicious of them first. */
  static final Comparator<ScoredSlice> BY_STANDING =
      Comparator.comparing(ScoredSlice::standing).thenComparing(BY_SUSPICION);

  /** Reads a scored row of {@link ScoredRows}. */
  static ScoredSlice of(Row row, List<Subtype> outputs) {
    List<Float> scores = List.copyOf(row.getList(row.fieldIndex(ScoredRows.SCORES)));
    return new ScoredSlice(
        row.getAs(ScoredRows.IMAGE),
        row.getAs("patient_id"),
        row.getAs(ScoredRows.SCAN),
        row.getAs(ScoredRows.SERIES),
        row.getAs("position"),
        Standing.valueOf(row.getAs(ScoredRows.STANDING)),
        scores,
        Suspicion.ofSlice(outputs, scores));
  }
}
