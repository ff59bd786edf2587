package org.headct.ich.jobs.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.headct.ich.jobs.dump.NoTensorException;
import org.headct.ich.jobs.dump.TensorMaker;
import org.headct.ich.jobs.scoring.TaskNetwork;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that scores objects in a Spark task. It reads, windows and scores one batch on demand
 * and keeps only that batch in memory. If the network reads series, a batch is a series: slices
 * without a tensor are left out, and a slice without a position is its own batch.
 */
final class SliceScorer implements Iterator<Row> {
  private final Iterator<ScoreTask> tasks;
  private final Configuration conf;
  private final ScoringModel model;
  private final TensorMaker maker;
  private final LongAccumulator count;
  private final Deque<Row> ready = new ArrayDeque<>();
  private @Nullable TaskNetwork network;

  /** The slice that was read ahead, because it does not belong to the current batch. */
  private @Nullable ScoreTask ahead;

  /**
   * Prepares the scoring of a task's slices.
   *
   * @param bytesRead counter of the object bytes that are read
   * @param count counter of the scored slices
   */
  SliceScorer(
      Iterator<ScoreTask> tasks,
      Configuration conf,
      ScoringModel model,
      LongAccumulator bytesRead,
      LongAccumulator count) {
    this.tasks = tasks;
    this.conf = conf;
    this.model = model;
    this.maker = model.maker(conf, bytesRead);
    this.count = count;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && (ahead != null || tasks.hasNext())) {
      scoreBatch();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all slices are scored");
    }
    return ready.remove();
  }

  private void scoreBatch() {
    List<ScoreTask> batch = new ArrayList<>();
    List<byte[]> tensors = new ArrayList<>();
    ScoreTask first = ahead == null ? tasks.next() : ahead;
    ahead = null;
    for (ScoreTask task = first; task != null; task = next(first, batch.size())) {
      try {
        // The maker reuses its buffer for the next tensor.
        tensors.add(maker.stored(task.slices(), model.moments()).clone());
        batch.add(task);
      } catch (NoTensorException e) {
        ready.add(ScoredRows.rejected(task, e));
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    List<float[]> scores = network().scores(tensors);
    for (int i = 0; i < batch.size(); i++) {
      ready.add(ScoredRows.scored(batch.get(i), scores.get(i)));
    }
    count.add(batch.size());
  }

  /** Returns the next slice if it belongs to the batch; otherwise, or at the end, null. */
  private @Nullable ScoreTask next(ScoreTask first, int count) {
    if (!model.readsSeries() && count == model.batchSize() || !tasks.hasNext()) {
      return null;
    }
    ScoreTask next = tasks.next();
    if (model.readsSeries() && !isOfSameSeries(first, next)) {
      ahead = next;
      return null;
    }
    return next;
  }

  /**
   * Returns whether both slices are of one series. A slice without a position is its own series.
   */
  private static boolean isOfSameSeries(ScoreTask first, ScoreTask next) {
    return first.position() != null
        && next.position() != null
        && !first.seriesId().isEmpty()
        && first.seriesId().equals(next.seriesId());
  }

  /**
   * Opens the network for the first batch. It is closed when the task ends, even after a failure.
   */
  private TaskNetwork network() {
    TaskNetwork open = network;
    if (open == null) {
      try {
        open = model.opener().open(conf);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the model of run " + model.run(), e);
      }
      TaskNetwork closing = open;
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> closing.close());
      network = open;
    }
    return open;
  }
}
