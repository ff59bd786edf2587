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
 * The location of a series' slices, in the order of the series.
 *
 * @param key hash of the series id. Random draws depend on it and not on the location
 * @param runs runs of consecutive rows; one or two if the series is stored together
 */
record SeriesPlace(long key, List<Run> runs) implements Serializable {
  /**
   * Consecutive rows of a row group.
   *
   * @param file Parquet file as an escaped URI
   * @param rowGroup index of the row group in the file
   * @param firstRow first row, in the order of the file
   * @param rows number of rows
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
   * Reads the slices in the order of the series.
   *
   * @throws IOException if they cannot be read or belong to another series
   */
  List<TensorRow> rows(Configuration conf) throws IOException {
    List<TensorRow> rows = new ArrayList<>();
    for (Run run : runs) {
      for (TensorRow row :
          TensorReader.rows(conf, run.file(), run.rowGroup(), run.firstRow(), run.rows())) {
        if (key(row.seriesId()) != key) {
          throw new IOException(run + " holds another series than when the batches were planned");
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
