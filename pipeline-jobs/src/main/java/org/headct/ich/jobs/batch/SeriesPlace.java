package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.sample.StableHash;

/**
 * Where the slices of a series lie, in the order of the series.
 *
 * @param key hash of its id: what is drawn for it hangs on that and not on where it lies
 * @param runs of rows that stand one after the other; one or two where a series stands together
 */
record SeriesPlace(long key, List<Run> runs) implements Serializable {
  /**
   * Rows of a row group, one after the other.
   *
   * @param file Parquet file as an escaped URI
   * @param firstRow in the order of the file
   */
  record Run(String file, int rowGroup, int firstRow, int rows) implements Serializable {
    static Run ofText(String text) {
      int hash = text.lastIndexOf('#');
      String[] numbers = text.substring(hash + 1).split("\\.");
      return new Run(
          text.substring(0, hash),
          Integer.parseInt(numbers[0]),
          Integer.parseInt(numbers[1]),
          Integer.parseInt(numbers[2]));
    }

    String text() {
      return "%s#%d.%d.%d".formatted(file, rowGroup, firstRow, rows);
    }

    @Override
    public String toString() {
      return "row %d of row group %d of tensor file %s".formatted(firstRow, rowGroup, file);
    }
  }

  SeriesPlace {
    runs = List.copyOf(runs);
  }

  static long key(String seriesId) {
    return StableHash.of(0, seriesId);
  }

  int rows() {
    return runs.stream().mapToInt(Run::rows).sum();
  }

  /**
   * The slices in their order.
   *
   * @throws IOException if they can not be read, or are not of this series
   */
  List<TensorRow> rows(Configuration conf) throws IOException {
    List<TensorRow> rows = new ArrayList<>();
    for (Run run : runs) {
      for (TensorRow row :
          TensorReader.rows(conf, run.file(), run.rowGroup(), run.firstRow(), run.rows())) {
        if (key(row.seriesId()) != key) {
          throw new IOException(run + " holds another series than when it was planned");
        }
        rows.add(row);
      }
    }
    return rows;
  }

  String text() {
    return key + runs.stream().map(run -> " " + run.text()).collect(Collectors.joining());
  }

  static SeriesPlace ofText(String text) {
    String[] parts = text.split(" ", -1);
    return new SeriesPlace(
        Long.parseLong(parts[0]), Arrays.stream(parts).skip(1).map(Run::ofText).toList());
  }
}
