package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * A planner that finds the Parquet files of one part of {@code ich.tensors} and plans its batches.
 */
public final class TensorBatches {
  private TensorBatches() {}

  /**
   * Plans the batches of one dataset and split in one snapshot of the table.
   *
   * @throws UserException if a file has row deletes, which the batch reader does not apply
   */
  public static TensorPlan plan(JobContext context, long snapshot, String dataset, String split) {
    Table table = context.warehouse().iceberg(new TensorsTable());
    List<String> files = new ArrayList<>();
    TableScan scan =
        table
            .newScan()
            .useSnapshot(snapshot)
            .filter(
                Expressions.and(
                    Expressions.equal("dataset", dataset), Expressions.equal("split", split)));
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          throw new UserException(
              "ich.tensors has rows deleted in place, which training cannot skip:"
                  + " run build-tensors again");
        }
        files.add(task.file().location());
      }
      return TensorFiles.plan(context.hadoop(), files, dataset, split);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the footers of ich.tensors", e);
    }
  }

  /** Returns the names of the datasets that have rows of a split in one snapshot of the table. */
  public static SortedSet<String> datasets(JobContext context, long snapshot, String split) {
    SortedSet<String> names = new TreeSet<>();
    TableScan scan =
        context
            .warehouse()
            .iceberg(new TensorsTable())
            .newScan()
            .useSnapshot(snapshot)
            .filter(Expressions.equal("split", split));
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(task -> names.add(task.file().partition().get(0, String.class)));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifests of ich.tensors", e);
    }
  }
}
