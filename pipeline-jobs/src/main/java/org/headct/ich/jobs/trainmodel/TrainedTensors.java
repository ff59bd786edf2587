package org.headct.ich.jobs.trainmodel;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.DicomConfig;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.modelstore.Preprocessing;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.networks.DoubleBranch;

/** Preprocessing of the tensors that a run is trained on. The rows tell it, not the settings. */
final class TrainedTensors {
  private TrainedTensors() {}

  /**
   * Checks the windows of the dataset's tensors before anything is read.
   *
   * @throws UserException if the network takes more windows than they have
   */
  static void check(JobContext context, TrainConfig config) {
    List<Row> shown =
        context
            .warehouse()
            .read(new TensorsTable())
            .where(col("dataset").equalTo(config.dataset()))
            .select("windows")
            .limit(1)
            .collectAsList();
    for (Row row : shown) {
      long windows =
          Arrays.stream(row.getString(0).split(",")).filter(name -> !name.contains("@")).count();
      DoubleBranch.check(config.settings().network(), Math.toIntExact(windows));
    }
  }

  /**
   * Reads the preprocessing of a dataset's tensors.
   *
   * @param snapshot of {@code ich.tensors}
   * @throws UserException if the dataset's tensors were made in several ways
   */
  static Preprocessing preprocessing(JobContext context, long snapshot, String dataset) {
    List<Row> recipes =
        context
            .spark()
            .read()
            .option("snapshot-id", snapshot)
            .table(context.warehouse().identifier(new TensorsTable()))
            .where(col("dataset").equalTo(dataset))
            .select(
                regexp_replace(col("recipe"), TensorsConfig.REPAIRS, "").as("recipe"),
                col("standardised"))
            .distinct()
            .collectAsList();
    if (recipes.size() != 1) {
      throw new UserException(
          "dataset %s of ich.tensors (snapshot %d) has tensors made in %d ways: run build-tensors"
              .formatted(dataset, snapshot, recipes.size()));
    }
    return new Preprocessing(
        TensorsConfig.withoutLayout(recipes.get(0).getString(0)),
        recipes.get(0).getString(1),
        DicomConfig.reader(context.settings()));
  }
}
