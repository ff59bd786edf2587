package org.headct.ich.jobs.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorPlanTest {
  private static final TensorPlan PLAN =
      new TensorPlan(
          new TensorShape(3, 64, 64, "brain:40/80", "uint8"),
          List.of(
              new TensorPlan.RowGroup("file:/a.parquet", 0, 50, 50, 1),
              new TensorPlan.RowGroup("file:/a.parquet", 1, 16, 16, 2),
              new TensorPlan.RowGroup("file:/b.parquet", 0, 1, 1, 3)));

  @Test
  void batchesCoverEveryRowOnceAndAreEven() {
    for (int size = 1; size <= 60; size++) {
      Set<String> seen = new HashSet<>();
      for (BatchRef ref : PLAN.batches(size)) {
        assertThat(ref.rows()).isBetween(1, size);
        for (int i = 0; i < ref.rows(); i++) {
          assertThat(seen.add(ref.file() + ref.rowGroup() + "/" + (ref.firstRow() + i))).isTrue();
        }
      }
      assertThat(seen).hasSize(67);
    }
    assertThat(PLAN.batches(16).stream().map(BatchRef::rows))
        .containsExactly(12, 13, 12, 13, 16, 1);
  }

  /** Scoring reads each row once, however often training repeats it. */
  @Test
  void aRepeatedRowIsTrainedOnOftenAndScoredOnce() {
    TensorPlan plan =
        new TensorPlan(
            PLAN.shape(), List.of(new TensorPlan.RowGroup("file:/a.parquet", 0, 50, 80, 1)));
    assertThat(plan.batches(16).stream().mapToInt(BatchRef::rows).sum()).isEqualTo(50);
    assertThat(plan.epoch(16, 7, 1).stream().mapToInt(BatchRef::rows).sum()).isEqualTo(80);
  }

  @Test
  void epochOrderIsDecidedBySeedAndEpoch() {
    List<BatchRef> first = PLAN.epoch(2, 7, 1);
    assertThat(PLAN.epoch(2, 7, 1)).isEqualTo(first);
    assertThat(PLAN.epoch(2, 7, 2)).isNotEqualTo(first).hasSameElementsAs(first);
    assertThat(PLAN.epoch(2, 8, 1)).isNotEqualTo(first);
  }

  @Test
  void rowsOfAGroupAreDrawnInAnOrderThatChangesWithTheEpoch() {
    BatchRef ref = PLAN.batches(16).get(0);
    int[] first = ref.order(50, 7, 1);
    assertThat(first).isEqualTo(ref.order(50, 7, 1));
    assertThat(first).isNotEqualTo(ref.order(50, 7, 2));
    int[] sorted = first.clone();
    Arrays.sort(sorted);
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      expected.add(i);
    }
    assertThat(sorted).containsExactly(expected.toArray(Integer[]::new));
  }

  @Test
  void requestSurvivesAsAPath() {
    BatchRequest request =
        new BatchRequest(new BatchRef("s3a://bucket/a%20b%23c/0.parquet", 3, 16, 15, -9), -5, 12);
    assertThat(BatchRequest.ofPath(request.path())).isEqualTo(request);
    assertThatThrownBy(() -> BatchRequest.ofPath("file:/a.parquet"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
