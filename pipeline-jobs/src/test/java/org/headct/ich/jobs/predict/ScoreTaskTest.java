package org.headct.ich.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.series.ImageKind;
import org.headct.ich.domain.series.SeriesOrder;
import org.headct.ich.jobs.predict.ScoreTask.Standing;
import org.headct.ich.jobs.table.SlicesTable.Description;
import org.headct.ich.jobs.table.SlicesTable.Slice;
import org.headct.ich.jobs.testing.SliceRows;
import org.junit.jupiter.api.Test;

/** The places of slices in predict follow the rule of select-slices. */
class ScoreTaskTest {
  private static Slice of(ImageKind kind, int z) {
    return SliceRows.described(
        SliceRows.at("i" + z, "P", z), new Description(kind, null, null, null));
  }

  @Test
  void onlyImagesToReadHaveAPosition() {
    List<Slice> slices = new ArrayList<>();
    for (int z = 0; z < 3; z++) {
      slices.add(of(ImageKind.AXIAL, z));
    }
    slices.add(of(ImageKind.LOCALIZER, 3));
    slices.add(SliceRows.placed(of(ImageKind.AXIAL, 4), List.of(), List.of(), 4));

    List<ScoreTask> tasks = ScoreTask.ofSeries(slices, true, SeriesOrder.READ);

    assertThat(tasks)
        .extracting(ScoreTask::imageId, ScoreTask::position, ScoreTask::standing)
        .containsExactly(
            tuple("i0", 0, Standing.ORDERED),
            tuple("i1", 1, Standing.ORDERED),
            tuple("i2", 2, Standing.ORDERED),
            tuple("i3", null, Standing.NOT_READ),
            tuple("i4", null, Standing.UNORDERED));
    assertThat(tasks.subList(0, 3)).allMatch(task -> task.unplaced() == null);
    assertThat(Objects.requireNonNull(tasks.get(3).unplaced()))
        .isEqualTo(new ScoreTask.Unplaced(SliceReason.NOT_AXIAL, "a localizer"));
    assertThat(tasks.get(3).object()).isEqualTo("file:/nowhere/i3");
  }

  @Test
  void aSeriesOfMapsHasNoPositionsUnlessAskedFor() {
    List<Slice> maps = List.of(of(ImageKind.MAP, 0), of(ImageKind.MAP, 1));
    assertThat(ScoreTask.ofSeries(maps, false, SeriesOrder.READ))
        .hasSize(2)
        .allMatch(task -> task.position() == null && task.standing() == Standing.NOT_READ);
    assertThat(ScoreTask.ofSeries(maps, false, Set.of(ImageKind.MAP)))
        .extracting(ScoreTask::position)
        .containsExactly(0, 1);
  }

  @Test
  void anImageWithoutSeriesIsAScanOfItsOwn() {
    Slice lone = SliceRows.withIds(of(ImageKind.AXIAL, 0), "P", "", "");
    assertThat(ScoreTask.ofSeries(List.of(lone), false, SeriesOrder.READ))
        .extracting(ScoreTask::scanId, ScoreTask::position, ScoreTask::standing)
        .containsExactly(tuple("i0", null, Standing.UNORDERED));
  }
}
