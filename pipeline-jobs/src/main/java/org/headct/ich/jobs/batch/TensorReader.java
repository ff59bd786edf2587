package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * A reader of tensors on an executor. It decodes whole row groups, because an epoch's batches are
 * drawn from all of a row group. The last few row groups stay in memory for the next batches.
 */
public final class TensorReader {
  /** The size of the decoded pixels that one executor caches; a row group has about 16 MiB. */
  private static final long CACHE_BYTES = 128L << 20;

  private static final List<String> COLUMNS =
      List.of("image_id", "copies", "patient_id", "series_id", "pixels");

  private static final Map<String, List<TensorRow>> CACHE = new LinkedHashMap<>(16, 0.75f, true);
  private static long cachedBytes;

  private TensorReader() {}

  /** Reads consecutive rows of a row group, in file order. */
  static List<TensorRow> rows(Configuration conf, String file, int rowGroup, int first, int rows)
      throws IOException {
    return rowGroup(conf, file, rowGroup).subList(first, first + rows);
  }

  /** Reads the rows of a row group in file order. The list is shared; do not change it. */
  public static List<TensorRow> rowGroup(Configuration conf, String file, int index)
      throws IOException {
    String key = file + "#" + index;
    synchronized (CACHE) {
      List<TensorRow> rows = CACHE.get(key);
      if (rows != null) {
        return rows;
      }
    }
    List<TensorRow> rows = read(conf, file, index);
    synchronized (CACHE) {
      if (CACHE.putIfAbsent(key, rows) == null) {
        cachedBytes += bytes(rows);
        var eldest = CACHE.entrySet().iterator();
        while (cachedBytes > CACHE_BYTES && eldest.hasNext()) {
          cachedBytes -= bytes(eldest.next().getValue());
          eldest.remove();
        }
      }
    }
    return rows;
  }

  private static List<TensorRow> read(Configuration conf, String file, int index)
      throws IOException {
    Path path = new Path(URI.create(file));
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, conf))) {
      List<String> columns = new ArrayList<>(COLUMNS);
      columns.addAll(TensorRow.LABELS);
      return columns(reader, index, columns).stream().map(TensorReader::row).toList();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "cannot read row group %d of tensor file %s: %s".formatted(index, file, e.getMessage()),
          e);
    }
  }

  /** Reads some columns of a row group; each row becomes one {@link Group}. */
  static List<Group> columns(ParquetFileReader reader, int index, List<String> columns)
      throws IOException {
    MessageType schema = reader.getFileMetaData().getSchema();
    MessageType wanted =
        new MessageType(schema.getName(), columns.stream().map(schema::getType).toList());
    reader.setRequestedSchema(wanted);
    PageReadStore pages = reader.readRowGroup(index);
    if (pages == null) {
      throw new IOException("no row group " + index);
    }
    RecordReader<Group> records =
        new ColumnIOFactory()
            .getColumnIO(wanted)
            .getRecordReader(pages, new GroupRecordConverter(wanted));
    List<Group> rows = new ArrayList<>();
    for (long i = 0; i < pages.getRowCount(); i++) {
      rows.add(records.read());
    }
    return rows;
  }

  private static TensorRow row(Group group) {
    byte[] labels = new byte[TensorRow.LABELS.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) group.getInteger(TensorRow.LABELS.get(i), 0);
    }
    return new TensorRow(
        group.getString("image_id", 0),
        group.getInteger("copies", 0),
        group.getString("patient_id", 0),
        group.getString("series_id", 0),
        labels,
        group.getBinary("pixels", 0).getBytes());
  }

  private static long bytes(List<TensorRow> rows) {
    return rows.stream().mapToLong(r -> r.pixels().length).sum();
  }
}
