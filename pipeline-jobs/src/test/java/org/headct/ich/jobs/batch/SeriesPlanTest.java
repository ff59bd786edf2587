package org.headct.ich.jobs.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.batch.SeriesPlace.Run;
import org.junit.jupiter.api.Test;

class SeriesPlanTest {
  private static final SeriesPlan PLAN = plan("file:/a%20b.parquet");

  private static SeriesPlan plan(String file) {
    List<SeriesPlan.Block> blocks = new ArrayList<>();
    for (int block = 0; block < 5; block++) {
      List<SeriesPlace> series = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long key = SeriesPlace.key("series-" + block + "-" + i);
        series.add(
            new SeriesPlace(
                key, List.of(new Run(file, block, 10 * i, 7), new Run(file, block + 1, 0, i + 1))));
      }
      blocks.add(new SeriesPlan.Block(SeriesPlace.key("block-" + block), series));
    }
    return new SeriesPlan(blocks);
  }

  @Test
  void batchesHaveEverySeriesOnceAndAreEven() {
    for (int size = 1; size <= 16; size++) {
      List<SeriesBatch> batches = PLAN.batches(size);
      assertThat(batches.stream().flatMap(b -> b.series().stream()).distinct()).hasSize(15);
      assertThat(batches.stream().mapToInt(b -> b.series().size()).sum()).isEqualTo(15);
      int least = batches.stream().mapToInt(b -> b.series().size()).min().orElseThrow();
      assertThat(batches)
          .allSatisfy(b -> assertThat(b.series().size()).isBetween(least, least + 1));
    }
    assertThat(PLAN.batches(15).get(0).rows()).isEqualTo(15 * 7 + 5 * (1 + 2 + 3));
  }

  @Test
  void epochOrderIsDecidedBySeedAndEpochAndKeepsRowGroupsTogether() {
    List<SeriesBatch> first = PLAN.epoch(3, 7, 1);
    assertThat(PLAN.epoch(3, 7, 1)).isEqualTo(first);
    assertThat(PLAN.epoch(3, 7, 2)).isNotEqualTo(first);
    assertThat(PLAN.epoch(3, 8, 1)).isNotEqualTo(first);
    for (SeriesBatch batch : first) {
      assertThat(batch.series().stream().map(s -> s.runs().get(0).rowGroup()).distinct())
          .hasSize(1);
    }
  }

  @Test
  void filesOfOtherNamesGiveTheSameEpoch() {
    assertThat(keys(plan("file:/z.parquet").epoch(4, 7, 1))).isEqualTo(keys(PLAN.epoch(4, 7, 1)));
  }

  private static List<Long> keys(List<SeriesBatch> batches) {
    return batches.stream().flatMap(b -> b.series().stream().map(SeriesPlace::key)).toList();
  }

  @Test
  void requestSurvivesAsAPath() {
    for (SeriesBatch batch : PLAN.batches(4)) {
      BatchRequest request = new BatchRequest(batch, -5, 12);
      assertThat(BatchRequest.ofPath(request.path())).isEqualTo(request);
    }
  }

  @Test
  void aSeriesOfTwoPartsIsNoWholeOne() {
    SeriesPlan apart =
        new SeriesPlan(
            List.of(
                new SeriesPlan.Block(
                    1, List.of(new SeriesPlace(9, List.of(new Run("f", 0, 0, 1)))))));
    apart.checkApartFrom(PLAN);
    assertThatThrownBy(() -> PLAN.checkApartFrom(PLAN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("15 series have slices both in training and in validation");
  }
}
