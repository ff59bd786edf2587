package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.headct.ich.domain.error.UserException;

/**
 * A planner that finds the slices of each series on the driver, from two small columns of the
 * tensors table. It reads no pixel.
 */
public final class SeriesFiles {
  private static final String SERIES = "series_id";
  private static final String POSITION = "position";

  private SeriesFiles() {}

  /** A row of the table and its position in its series. */
  private record Slice(TensorPlan.RowGroup group, int row, int position) {}

  /**
   * Plans the whole series of a tensor plan.
   *
   * @throws UserException if the plan repeats single slices, because series cannot contain a slice
   *     twice
   */
  public static SeriesPlan plan(Configuration conf, TensorPlan plan) throws IOException {
    Map<String, List<Slice>> series = new TreeMap<>();
    Map<String, List<TensorPlan.RowGroup>> files =
        plan.rowGroups().stream()
            .collect(
                Collectors.groupingBy(
                    TensorPlan.RowGroup::file, TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<TensorPlan.RowGroup>> file : files.entrySet()) {
      Path path = new Path(URI.create(file.getKey()));
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, conf))) {
        for (TensorPlan.RowGroup group : file.getValue()) {
          slices(reader, group, series);
        }
      }
    }
    Map<Long, List<SeriesPlace>> blocks = new HashMap<>();
    series.forEach(
        (id, slices) -> {
          slices.sort(Comparator.comparingInt(Slice::position));
          blocks
              .computeIfAbsent(slices.get(0).group().key(), key -> new ArrayList<>())
              .add(new SeriesPlace(SeriesPlace.key(id), runs(slices)));
        });
    return new SeriesPlan(
        blocks.entrySet().stream()
            .map(block -> new SeriesPlan.Block(block.getKey(), block.getValue()))
            .toList());
  }

  private static void slices(
      ParquetFileReader reader, TensorPlan.RowGroup group, Map<String, List<Slice>> series)
      throws IOException {
    if (group.examples() != group.rows()) {
      throw new UserException(
          "train.sequence = lstm reads each slice once, in its series, but the dataset repeats slices: build it with select.balance = class-weights or none");
    }
    List<Group> rows = TensorReader.columns(reader, group.index(), List.of(SERIES, POSITION));
    for (int row = 0; row < rows.size(); row++) {
      series
          .computeIfAbsent(rows.get(row).getString(SERIES, 0), id -> new ArrayList<>())
          .add(new Slice(group, row, rows.get(row).getInteger(POSITION, 0)));
    }
  }

  private static List<SeriesPlace.Run> runs(List<Slice> slices) {
    List<SeriesPlace.Run> runs = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= slices.size(); i++) {
      if (i == slices.size() || !follows(slices.get(i - 1), slices.get(i))) {
        Slice start = slices.get(first);
        runs.add(
            new SeriesPlace.Run(
                start.group().file(), start.group().index(), start.row(), i - first));
        first = i;
      }
    }
    return runs;
  }

  private static boolean follows(Slice one, Slice next) {
    return one.group().equals(next.group()) && one.row() + 1 == next.row();
  }
}
