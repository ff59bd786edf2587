package org.headct.ich.jobs.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.series.ImageKind;
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
 * @param standing share of the slice in its scan's suspicion
 * @param unplaced why the slice has no position; null if it has one
 * @param slices slices that the tensor shows: its own, or also the ones before and after it
 */
record ScoreTask(
    String imageId,
    String patientId,
    String scanId,
    String seriesId,
    @Nullable Integer position,
    int seriesSlices,
    Standing standing,
    @Nullable Unplaced unplaced,
    List<SliceObject> slices)
    implements Serializable {

  /** Share of a slice in its scan's suspicion. */
  enum Standing {
    /** A slice with a position; it counts. */
    ORDERED,
    /** A slice to read whose place is not known; it counts if the scan has no ordered ones. */
    UNORDERED,
    /** A localizer, reformat, projection, map or screen shot; no network learned it. */
    NOT_READ
  }

  /** The reason why a slice has no position. */
  record Unplaced(SliceReason reason, String detail) implements Serializable {}

  /**
   * Returns the tasks for all slices of a series. A slice without a position is scored too, as if
   * it had no neighbours: a score for each image is what a submission needs, and a person may look
   * at it.
   *
   * @param adjacent true if a tensor also shows the neighbouring slices; at an end of the series, a
   *     slice replaces its missing neighbour, as in training
   * @param kinds kinds of images that get a position
   */
  static List<ScoreTask> ofSeries(Iterable<Slice> rows, boolean adjacent, Set<ImageKind> kinds) {
    OrderedSeries series = OrderedSeries.of(rows, 0, kinds);
    List<Slice> ordered = series.slices();
    List<ScoreTask> tasks = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Slice own = ordered.get(i);
      Slice before = ordered.get(Math.max(0, i - 1));
      Slice after = ordered.get(Math.min(ordered.size() - 1, i + 1));
      tasks.add(
          of(
              own,
              i,
              ordered.size(),
              Standing.ORDERED,
              null,
              adjacent ? List.of(before, own, after) : List.of(own)));
    }
    for (OrderedSeries.LeftOut left : series.leftOut()) {
      Slice own = left.slice();
      tasks.add(
          of(
              own,
              null,
              ordered.size(),
              kinds.contains(OrderedSeries.kind(own)) ? Standing.UNORDERED : Standing.NOT_READ,
              new Unplaced(left.reason(), left.detail()),
              adjacent ? List.of(own, own, own) : List.of(own)));
    }
    return tasks;
  }

  private static ScoreTask of(
      Slice own,
      @Nullable Integer position,
      int seriesSlices,
      Standing standing,
      @Nullable Unplaced unplaced,
      List<Slice> shown) {
    Identity ids = own.identity();
    String scan = ids.studyId().isEmpty() ? ids.seriesId() : ids.studyId();
    return new ScoreTask(
        own.imageId(),
        ids.patientId(),
        scan.isEmpty() ? own.imageId() : scan,
        ids.seriesId(),
        position,
        seriesSlices,
        standing,
        unplaced,
        shown.stream().map(SliceObject::of).toList());
  }

  /** Returns the name that findings give to the slice's own object. */
  String object() {
    return slices.get(slices.size() / 2).object().display();
  }
}
