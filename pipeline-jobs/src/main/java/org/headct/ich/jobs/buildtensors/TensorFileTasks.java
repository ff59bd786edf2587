package org.headct.ich.jobs.buildtensors;

import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.TaskContext;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.jobs.table.DataFileWriter;
import org.headct.ich.jobs.table.FileExchange;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.jspecify.annotations.Nullable;

/** Spark tasks that write one file of {@code ich.tensors}. */
final class TensorFileTasks {
  private static final TensorsTable TENSORS = new TensorsTable();

  private TensorFileTasks() {}

  /** Builds the tensors of a file one by one, so that only one is in memory. */
  static Iterator<DataFile> build(
      FileExchange.Tasks files,
      int number,
      Iterator<TensorTask> tasks,
      Map<String, TensorsConfig> configs,
      TensorMakerFactory makers)
      throws IOException {
    if (!tasks.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    TensorTask task = tasks.next();
    TensorsConfig config = TensorFileShares.config(configs, task);
    DatasetTensors maker = makers.in(config);
    try (DataFileWriter<Tensor> writer = writer(files, number, config)) {
      while (true) {
        Optional<Tensor> tensor = maker.tensor(task);
        if (tensor.isPresent()) {
          writer.write(tensor.get());
        }
        if (!tasks.hasNext()) {
          return one(writer.done());
        }
        task = tasks.next();
      }
    }
  }

  /** Copies the rows of a file that stay, in their order. */
  static Iterator<DataFile> copy(
      FileExchange.Tasks files,
      String file,
      Iterable<String> staying,
      Map<String, TensorsConfig> configs)
      throws IOException {
    Set<String> images = new HashSet<>();
    staying.forEach(images::add);
    try (CloseableIterable<Record> rows = files.read(file)) {
      Iterator<Record> records = rows.iterator();
      Record record = records.next();
      String dataset = (String) record.getField("dataset");
      TensorsConfig config = Objects.requireNonNull(configs.get(dataset), dataset);
      try (DataFileWriter<Tensor> writer = writer(files, TaskContext.getPartitionId(), config)) {
        while (true) {
          if (images.contains((String) record.getField("image_id"))) {
            writer.write(record);
          }
          if (!records.hasNext()) {
            return one(writer.done());
          }
          record = records.next();
        }
      }
    }
  }

  private static DataFileWriter<Tensor> writer(
      FileExchange.Tasks files, int number, TensorsConfig config) {
    return files.write(TENSORS, number, TensorsTable.rowGroups(config.rowGroupRows()));
  }

  private static Iterator<DataFile> one(@Nullable DataFile file) {
    return file == null ? List.<DataFile>of().iterator() : List.of(file).iterator();
  }
}
