package org.headct.ich.jobs.batch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.sample.StableHash;
import org.jspecify.annotations.Nullable;

/**
 * A planner of batches on the driver, from the footers of the tensors table's Parquet files. It
 * reads no tensor. The statistics of a row group give its dataset, split and shape. So each row
 * group must hold only one dataset and one split; the table is partitioned by both.
 */
public final class TensorFiles {
  private static final String COPIES = "copies";

  private TensorFiles() {}

  /**
   * Plans the row groups of one dataset and split.
   *
   * @param files Parquet files of the tensors table without delete files; they may also hold other
   *     datasets or splits
   * @throws UserException if a file is missing or is not a tensors file, if a row group mixes
   *     splits, or if the shapes differ
   * @throws IOException if a file cannot be read
   */
  public static TensorPlan plan(
      Configuration conf, List<String> files, String dataset, String split) throws IOException {
    List<TensorPlan.RowGroup> groups = new ArrayList<>();
    TensorShape shape = null;
    for (String file : files.stream().sorted().toList()) {
      Path path = new Path(file);
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, conf))) {
        String uri = path.getFileSystem(conf).makeQualified(path).toUri().toString();
        List<BlockMetaData> blocks = reader.getRowGroups();
        for (int i = 0; i < blocks.size(); i++) {
          Footer footer = new Footer(file, blocks.get(i));
          if (!footer.only("dataset").equals(dataset) || !footer.only("split").equals(split)) {
            continue;
          }
          TensorShape found = footer.shape();
          if (shape != null && !shape.equals(found)) {
            throw new UserException(
                "tensors of dataset %s have different shapes: %s, but %s in %s; build them again with one tensors.size and tensors.windows"
                    .formatted(dataset, shape, found, file));
          }
          shape = found;
          int rows = Math.toIntExact(blocks.get(i).getRowCount());
          groups.add(
              new TensorPlan.RowGroup(
                  uri, i, rows, examples(reader, i, footer, rows), footer.key()));
        }
      } catch (FileNotFoundException e) {
        throw new UserException("tensor file not found: " + file + "; run build-tensors again", e);
      } catch (RuntimeException e) {
        if (e instanceof UserException) {
          throw e;
        }
        // parquet-hadoop reports a file that is not Parquet as a plain RuntimeException.
        throw new UserException(
            "not a readable Parquet file: %s (%s)".formatted(file, e.getMessage()), e);
      }
    }
    return new TensorPlan(shape == null ? new TensorShape(0, 0, 0, "", "uint8") : shape, groups);
  }

  /**
   * Counts each row as often as an epoch sees it. Reads one small column only if the counts vary.
   */
  private static int examples(ParquetFileReader reader, int rowGroup, Footer footer, int rows)
      throws IOException {
    if (!footer.varies(COPIES)) {
      return Math.multiplyExact(rows, Integer.parseInt(footer.only(COPIES)));
    }
    int examples = 0;
    for (Group row : TensorReader.columns(reader, rowGroup, List.of(COPIES))) {
      examples = Math.addExact(examples, row.getInteger(COPIES, 0));
    }
    return examples;
  }

  /** The statistics of one row group. */
  private record Footer(String file, BlockMetaData block) {
    TensorShape shape() {
      return new TensorShape(
          Integer.parseInt(only("channels")),
          Integer.parseInt(only("height")),
          Integer.parseInt(only("width")),
          only("windows"),
          only("value_type"));
    }

    /** Returns the key of the row group: the hash of its lowest image id. */
    long key() {
      Statistics<?> statistics = statistics("image_id");
      if (statistics == null || !statistics.hasNonNullValue()) {
        throw noStatistics("image_id");
      }
      return StableHash.of(0, text(statistics.genericGetMin()));
    }

    boolean varies(String column) {
      Statistics<?> statistics = statistics(column);
      return statistics == null
          || !statistics.hasNonNullValue()
          || !statistics.genericGetMin().equals(statistics.genericGetMax());
    }

    /** Returns the single value of a column in this row group. */
    String only(String column) {
      Statistics<?> statistics = statistics(column);
      if (statistics == null || statistics.isEmpty() || !statistics.hasNonNullValue()) {
        throw noStatistics(column);
      }
      String min = text(statistics.genericGetMin());
      if (!min.equals(text(statistics.genericGetMax()))) {
        throw new UserException(
            "a row group of %s mixes values of column %s (%s to %s); rebuild the tensors table, which is partitioned by dataset and split"
                .formatted(file, column, min, text(statistics.genericGetMax())));
      }
      return min;
    }

    private UserException noStatistics(String column) {
      return new UserException(
          "%s has no statistics of column %s: not a file of the tensors table"
              .formatted(file, column));
    }

    private @Nullable Statistics<?> statistics(String column) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (chunk.getPath().toDotString().equals(column)) {
          return chunk.getStatistics();
        }
      }
      throw new UserException(
          "%s has no column %s: not a file of the tensors table".formatted(file, column));
    }

    private static String text(Object value) {
      return value instanceof Binary binary ? binary.toStringUsingUTF8() : String.valueOf(value);
    }
  }
}
