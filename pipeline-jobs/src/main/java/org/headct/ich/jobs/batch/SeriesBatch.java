package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A batch of whole series. Its rows are the slices, series by series, each in its order. Only crops
 * and flips are drawn at random.
 *
 * @param series places of the series, at least one
 */
public record SeriesBatch(List<SeriesPlace> series) implements BatchPlace {
  private static final String HEAD = "series|";

  public SeriesBatch {
    series = List.copyOf(series);
  }

  @Override
  public int rows() {
    return series.stream().mapToInt(SeriesPlace::rows).sum();
  }

  @Override
  public long seed(long seed, int epoch) {
    return Seeds.mix(seed, epoch, series.get(0).key());
  }

  @Override
  public List<TensorRow> stored(Configuration conf) throws IOException {
    List<TensorRow> rows = new ArrayList<>();
    for (SeriesPlace one : series) {
      rows.addAll(one.rows(conf));
    }
    return rows;
  }

  @Override
  public List<TensorRow> examples(Configuration conf, long seed, int epoch) throws IOException {
    return stored(conf);
  }

  /** Separates runs with a blank and series with a bar, which a URI escapes. */
  @Override
  public String text() {
    return HEAD + series.stream().map(SeriesPlace::text).collect(Collectors.joining("|"));
  }

  static boolean isText(String text) {
    return text.startsWith(HEAD);
  }

  static SeriesBatch ofText(String text) {
    return new SeriesBatch(
        Arrays.stream(text.substring(HEAD.length()).split("\\|"))
            .map(SeriesPlace::ofText)
            .toList());
  }

  @Override
  public String toString() {
    return "%d series from %s".formatted(series.size(), series.get(0).runs().get(0));
  }
}
