package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.headct.ich.jobs.table.TensorsTable;

/** Reads of tensors as in training, for the benchmark of their codecs. */
public final class TensorReads {
  private TensorReads() {}

  /**
   * The layout of a file.
   *
   * @param rows number of rows
   * @param rowGroups number of row groups
   * @param pages number of pages in the column of pixels
   */
  public record Layout(long rows, int rowGroups, int pages) {}

  /**
   * Decodes one row group.
   *
   * @param file a file name that was not used before, because the reader caches decoded row groups
   * @return number of bytes in its pixels
   */
  public static long pixelBytes(Configuration conf, String file, int rowGroup) throws IOException {
    return TensorReader.rowGroup(conf, file, rowGroup).stream()
        .mapToLong(row -> row.pixels().length)
        .sum();
  }

  /** Reads the layout from the footer and the offset index. */
  public static Layout layout(Configuration conf, String file) throws IOException {
    Path path = new Path(URI.create(file));
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, conf))) {
      List<BlockMetaData> groups = reader.getRowGroups();
      int pages = 0;
      for (BlockMetaData group : groups) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
          if (chunk.getPath().toDotString().equals(TensorsTable.PIXELS)) {
            pages += reader.readOffsetIndex(chunk).getPageCount();
          }
        }
      }
      return new Layout(reader.getRecordCount(), groups.size(), pages);
    }
  }
}
