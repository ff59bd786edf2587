package org.headct.ich.jobs.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * The rows of one dataset and split, as the footers of the Parquet files tell them.
 *
 * @param shape of every tensor
 * @param rowGroups in the order of their keys
 */
public record TensorPlan(TensorShape shape, List<RowGroup> rowGroups) implements BatchPlan {
  /**
   * A row group that belongs to the plan with all its rows.
   *
   * @param rows of the file
   * @param examples rows, each as often as an epoch sees it
   * @param key hash of its lowest image id: what is drawn for its batches hangs on what it holds
   *     and not on the name of its file, which is another one each time that it is written
   */
  public record RowGroup(String file, int index, int rows, int examples, long key) {}

  public TensorPlan {
    rowGroups = rowGroups.stream().sorted(Comparator.comparingLong(RowGroup::key)).toList();
  }

  /** Number of tensors. */
  public long rows() {
    return rowGroups.stream().mapToLong(RowGroup::rows).sum();
  }

  /** Number of examples of an epoch: an over-sampled tensor counts as often as it is seen. */
  public long examples() {
    return rowGroups.stream().mapToLong(RowGroup::examples).sum();
  }

  /** Each row once, however often training sees it. */
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
   * Batches of at most {@code batchSize}. A batch never crosses a row group, and those of a row
   * group differ by one at most, so that no batch norm sees a batch of two.
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
