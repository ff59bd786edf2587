package org.headct.ich.jobs.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.headct.ich.domain.error.UserException;

/**
 * The series of one dataset and split. Random draws depend on ids, on which slices share a row
 * group, and on the seed, but never on file names.
 *
 * @param blocks blocks in the order of their keys
 */
public record SeriesPlan(List<Block> blocks) implements BatchPlan {
  /**
   * Series that begin in the same row group, which is read and decoded as a whole.
   *
   * @param key key of the row group, {@link TensorPlan.RowGroup#key}
   * @param series series in the order of their keys
   */
  record Block(long key, List<SeriesPlace> series) {
    Block {
      series = series.stream().sorted(Comparator.comparingLong(SeriesPlace::key)).toList();
    }
  }

  public SeriesPlan {
    blocks = blocks.stream().sorted(Comparator.comparingLong(Block::key)).toList();
  }

  /**
   * Checks that no series has slices both here and in another part.
   *
   * @param other series of the other part
   * @throws UserException if a series is in both
   */
  public void checkApartFrom(SeriesPlan other) {
    Set<Long> both = keys();
    both.retainAll(other.keys());
    if (!both.isEmpty()) {
      throw new UserException(
          "train.sequence = lstm needs whole series, but %d series have slices both in training and in validation: set split.unit to patient or series, then run select-slices and build-tensors again"
              .formatted(both.size()));
    }
  }

  private Set<Long> keys() {
    Set<Long> keys = new HashSet<>();
    blocks.forEach(block -> block.series().forEach(series -> keys.add(series.key())));
    return keys;
  }

  @Override
  public List<SeriesBatch> batches(int batchSize) {
    return even(blocks.stream().flatMap(block -> block.series().stream()).toList(), batchSize);
  }

  /** Shuffles the row groups and the series within each, so that neighbours are read together. */
  @Override
  public List<SeriesBatch> epoch(int batchSize, long seed, int epoch) {
    List<Block> shuffled = new ArrayList<>(blocks);
    Collections.shuffle(shuffled, new Random(Seeds.mix(seed, epoch)));
    List<SeriesPlace> drawn = new ArrayList<>();
    for (Block block : shuffled) {
      List<SeriesPlace> series = new ArrayList<>(block.series());
      Collections.shuffle(series, new Random(Seeds.mix(seed, epoch, block.key())));
      drawn.addAll(series);
    }
    return even(drawn, batchSize);
  }

  /** Returns batches whose sizes differ by one series at most. */
  private static List<SeriesBatch> even(List<SeriesPlace> series, int batchSize) {
    int count = (series.size() + batchSize - 1) / batchSize;
    List<SeriesBatch> batches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) series.size() * i / count);
      int end = (int) ((long) series.size() * (i + 1) / count);
      batches.add(new SeriesBatch(series.subList(first, end)));
    }
    return batches;
  }
}
