package org.headct.ich.jobs.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.headct.ich.jobs.batch.TensorReads;
import org.headct.ich.jobs.batch.TensorReads.Layout;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * Sizes and speeds of the table's Parquet files by codec, pages and row groups. Iceberg's writer
 * writes tensors of this run with the table's properties. They are read as in training, on one
 * thread, from files in the page cache. The thread's CPU time is measured, so that other load on
 * the machine does not count.
 */
final class TensorCodecs {
  /** Number of rows: a few row groups that still fit into the heap. */
  private static final int MAX_ROWS = 512;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Table table;
  private final Configuration hadoop;
  private final Path folder;
  private final List<Record> rows = new ArrayList<>();
  private final int rowBytes;
  private final Map<CodecChoice, Double> storedBytes = new HashMap<>();
  private int files;

  /**
   * Reads the tensors to write.
   *
   * @param folder the new folder for the files
   */
  TensorCodecs(TensorsInput input, Path folder) throws IOException {
    table = input.tensors();
    hadoop = input.pipeline().context().hadoop();
    this.folder = Files.createDirectory(folder);
    try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
      for (Record row : all) {
        if (rows.size() == MAX_ROWS) {
          break;
        }
        rows.add(row.copy());
      }
    }
    rowBytes = pixels(rows.get(0));
  }

  /**
   * Size and speeds of one file.
   *
   * @param bytesASlice the number of bytes of the file for each slice
   * @param writeMb the speed of writing, megabytes of pixels in a second of the thread's CPU time
   * @param readMb the speed of reading row groups in random order, in the same unit
   */
  record Timed(Layout layout, double bytesASlice, double writeMb, double readMb) {}

  /** Measures each choice once in a round, after one warm-up round. */
  Map<CodecChoice, List<Timed>> measure(int rounds) throws IOException {
    Map<CodecChoice, List<Timed>> measured = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (CodecChoice choice : CodecChoice.all()) {
        Timed timed = time(choice);
        storedBytes.put(choice, timed.bytesASlice());
        if (round >= 0) {
          measured.computeIfAbsent(choice, c -> new ArrayList<>()).add(timed);
        }
      }
    }
    return measured;
  }

  private Timed time(CodecChoice choice) throws IOException {
    Path file = folder.resolve("tensors-" + files++ + ".parquet");
    GenericAppenderFactory factory =
        new GenericAppenderFactory(table.schema(), table.spec())
            .setAll(
                choice.over(
                    table.properties(),
                    rowBytes,
                    storedBytes.getOrDefault(choice.wholePages(), 0.0)));
    System.gc();
    long start = THREADS.getCurrentThreadCpuTime();
    try (FileAppender<Record> out =
        factory.newAppender(table.io().newOutputFile(file.toString()), FileFormat.PARQUET)) {
      out.addAll(rows);
    }
    double writeSeconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    Layout layout = TensorReads.layout(hadoop, file.toUri().toString());
    List<Integer> groups = shuffled(layout.rowGroups());
    System.gc();
    start = THREADS.getCurrentThreadCpuTime();
    long read = 0;
    for (int group : groups) {
      read += TensorReads.pixelBytes(hadoop, file.toUri().toString(), group);
    }
    double readSeconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    long pixels = (long) rowBytes * rows.size();
    if (read != pixels) {
      throw new IllegalStateException("%s: read %,d of %,d bytes".formatted(choice, read, pixels));
    }
    double bytesASlice = (double) Files.size(file) / rows.size();
    Files.delete(file);
    return new Timed(layout, bytesASlice, pixels / 1e6 / writeSeconds, pixels / 1e6 / readSeconds);
  }

  private static List<Integer> shuffled(int groups) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, groups).boxed().toList());
    Collections.shuffle(order, new Random(2019));
    return order;
  }

  private static int pixels(Record row) {
    return ((ByteBuffer) row.getField(TensorsTable.PIXELS)).remaining();
  }
}
