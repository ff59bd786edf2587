package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.jobs.dump.OrderedSeries;
import org.headct.ich.jobs.dump.SliceObject;
import org.headct.ich.jobs.table.SlicesTable.Identity;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A slice to be scored. It holds no pixels, so Spark can shuffle it cheaply.
 *
 * @param scanId id of the study; without a study the id of the series; without both, the image id
 * @param position index in the ordered series, from 0; null for a slice without a position
 * @param seriesSlices number of slices in the ordered series
 * @param slices slices that the tensor shows: its own, or also the ones before and after it
 */
record ScoreTask(
    String imageId,
    String patientId,
    String scanId,
    String seriesId,
    @Nullable Integer position,
    int seriesSlices,
    List<SliceObject> slices)
    implements Serializable {

  /**
   * Returns the tasks for all slices of a series. A slice without a position (a localizer, or one
   * without geometry) is scored too, as if it had no neighbours.
   *
   * @param adjacent true if a tensor also shows the neighbouring slices; at an end of the series, a
   *     slice replaces its missing neighbour, as in training
   */
  static List<ScoreTask> ofSeries(Iterable<Slice> rows, boolean adjacent) {
    OrderedSeries series = OrderedSeries.of(rows, 0);
    List<Slice> ordered = series.slices();
    List<ScoreTask> tasks = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Slice own = ordered.get(i);
      Slice before = ordered.get(Math.max(0, i - 1));
      Slice after = ordered.get(Math.min(ordered.size() - 1, i + 1));
      tasks.add(of(own, i, ordered.size(), adjacent ? List.of(before, own, after) : List.of(own)));
    }
    for (Slice own : series.leftOut()) {
      tasks.add(of(own, null, ordered.size(), adjacent ? List.of(own, own, own) : List.of(own)));
    }
    return tasks;
  }

  private static ScoreTask of(
      Slice own, @Nullable Integer position, int seriesSlices, List<Slice> shown) {
    Identity ids = own.identity();
    String scan = ids.studyId().isEmpty() ? ids.seriesId() : ids.studyId();
    return new ScoreTask(
        own.imageId(),
        ids.patientId(),
        scan.isEmpty() ? own.imageId() : scan,
        ids.seriesId(),
        position,
        seriesSlices,
        shown.stream().map(SliceObject::of).toList());
  }
}
