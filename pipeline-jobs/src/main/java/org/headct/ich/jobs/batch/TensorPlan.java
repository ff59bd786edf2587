package org.headct.ich.jobs.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * The rows of one dataset and split, as the footers of the Parquet files describe them.
 *
 * @param shape shape of every tensor
 * @param rowGroups row groups in the order of their keys
 */
public record TensorPlan(TensorShape shape, List<RowGroup> rowGroups) implements BatchPlan {
  /**
   * A row group whose rows all belong to the plan.
   *
   * @param file Parquet file as an escaped URI
   * @param index index of the row group in the file
   * @param rows number of rows in the file
   * @param examples number of rows, each counted as often as an epoch sees it
   * @param key hash of the lowest image id. Random draws depend on it and not on the file name,
   *     which changes with each rewrite
   */
  public record RowGroup(String file, int index, int rows, int examples, long key) {}

  public TensorPlan {
    rowGroups = rowGroups.stream().sorted(Comparator.comparingLong(RowGroup::key)).toList();
  }

  /** Returns the number of tensors. */
  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::rows).sum();
  }

  /**
   * Returns the number of examples in an epoch; an over-sampled tensor counts as often as it is
   * seen.
   */
  public long examples() {
    return rowGroups.stream().mapToLong(RowGroup::examples).sum();
  }

  /** Returns the batches for scoring, with each row once, however often training sees it. */
  @Override
  public List<BatchRef> batches(int batchSize) {
    return batches(batchSize, RowGroup::rows);
  }

  @Override
  public List<BatchRef> epoch(int batchSize, long seed, int epoch) {
    List<BatchRef> refs = batches(batchSize, RowGroup::examples);
    Collections.shuffle(refs, new Random(Seeds.mix(seed, epoch)));
    return refs;
  }

  /**
   * Returns batches of at most {@code batchSize}. A batch never crosses a row group. The batches of
   * a row group differ by at most one row, so no batch norm sees a tiny batch.
   */
  private List<BatchRef> batches(int batchSize, ToIntFunction<RowGroup> length) {
    List<BatchRef> refs = new ArrayList<>();
    for (RowGroup group : rowGroups) {
      int all = length.applyAsInt(group);
      int batches = (all + batchSize - 1) / batchSize;
      for (int i = 0; i < batches; i++) {
        int first = (int) ((long) all * i / batches);
        int end = (int) ((long) all * (i + 1) / batches);
        refs.add(new BatchRef(group.file(), group.index(), first, end - first, group.key()));
      }
    }
    return refs;
  }
}
