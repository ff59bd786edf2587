package org.headct.ich.jobs.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The rows of one dataset and split, as the footers of the Parquet files tell them.
 *
 * @param shape of every tensor
 * @param rowGroups in the order of file URI and row group
 */
public record TensorPlan(TensorShape shape, List<RowGroup> rowGroups) {
  /** A row group that belongs to the plan with all its rows. */
  public record RowGroup(String file, int index, int rows) {}

  public TensorPlan {
    rowGroups = List.copyOf(rowGroups);
  }

  /** Number of tensors. */
  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::rows).sum();
  }

  /**
   * All rows in batches of at most {@code batchSize}. A batch never crosses a row group, and those
   * of a row group differ by one row at most, so that no batch norm sees a batch of two.
   */
  public List<BatchRef> batches(int batchSize) {
    List<BatchRef> refs = new ArrayList<>();
    for (RowGroup group : rowGroups) {
      int batches = (group.rows() + batchSize - 1) / batchSize;
      for (int i = 0; i < batches; i++) {
        int first = (int) ((long) group.rows() * i / batches);
        int end = (int) ((long) group.rows() * (i + 1) / batches);
        refs.add(new BatchRef(group.file(), group.index(), first, end - first));
      }
    }
    return refs;
  }

  /** The batches of an epoch in its order, decided by seed and epoch (1-based) alone. */
  public List<BatchRef> epoch(int batchSize, long seed, int epoch) {
    List<BatchRef> refs = batches(batchSize);
    Collections.shuffle(refs, new Random(Seeds.mix(seed, epoch)));
    return refs;
  }
}
