package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * A batch of single tensors from one row group.
 *
 * @param file Parquet file on any Hadoop file system, as an escaped URI
 * @param rowGroup index of the row group in the file
 * @param firstRow first example within the row group, in the order of the epoch; an over-sampled
 *     row counts as several
 * @param rows number of examples, all within the row group
 * @param key key of the row group: {@link TensorPlan.RowGroup#key}
 */
public record BatchRef(String file, int rowGroup, int firstRow, int rows, long key)
    implements BatchPlace {
  private static final Pattern TEXT = Pattern.compile("(.*)#(\\d+)\\.(\\d+)\\.(\\d+)\\.(-?\\d+)");

  @Override
  public long seed(long seed, int epoch) {
    return Seeds.mix(seed, epoch, key, firstRow);
  }

  @Override
  public List<TensorRow> stored(Configuration conf) throws IOException {
    return TensorReader.rows(conf, file, rowGroup, firstRow, rows);
  }

  @Override
  public List<TensorRow> examples(Configuration conf, long seed, int epoch) throws IOException {
    List<TensorRow> examples = new ArrayList<>();
    TensorReader.rowGroup(conf, file, rowGroup)
        .forEach(row -> examples.addAll(Collections.nCopies(row.copies(), row)));
    int[] order = order(examples.size(), seed, epoch);
    List<TensorRow> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(examples.get(order[firstRow + i]));
    }
    return batch;
  }

  /**
   * Returns the order of the row group's examples in an epoch. A batch takes a consecutive part of
   * it. So batches differ between epochs, and neighbouring slices of a patient rarely share a
   * batch.
   */
  int[] order(int examples, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, epoch, key));
    int[] order = new int[examples];
    for (int i = 0; i < examples; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  @Override
  public String text() {
    return "%s#%d.%d.%d.%d".formatted(file, rowGroup, firstRow, rows, key);
  }

  static BatchRef ofText(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a batch: " + text);
    }
    return new BatchRef(
        m.group(1),
        Integer.parseInt(m.group(2)),
        Integer.parseInt(m.group(3)),
        Integer.parseInt(m.group(4)),
        Long.parseLong(m.group(5)));
  }

  @Override
  public String toString() {
    return "rows %d to %d of row group %d of tensor file %s"
        .formatted(firstRow, firstRow + rows - 1, rowGroup, file);
  }
}
