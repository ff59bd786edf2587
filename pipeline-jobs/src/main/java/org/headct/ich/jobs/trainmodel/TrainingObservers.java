package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.averaging.TrainProgress;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunFile;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.nd4j.TaskDevice;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.networks.nd4j.CudaBackend;
import org.jspecify.annotations.Nullable;

/** Who is told of a training: console, meters, an MLflow server, Deeplearning4j's page. */
final class TrainingObservers {
  private static final String EXPERIMENT = "MLFLOW_EXPERIMENT_NAME";

  private final List<TrainProgress> told = new ArrayList<>();
  private final @Nullable MlflowTracking tracking;

  /** A training that tells how it gets on. */
  interface Training {
    List<EpochMetrics> train(TrainProgress told) throws IOException;
  }

  /**
   * @param always told first, in their order
   * @param directory of the run, which has its description and the epochs of before a resume
   */
  TrainingObservers(
      TrainConfig config, List<TrainProgress> always, Configuration hadoop, String directory)
      throws IOException {
    told.addAll(always);
    ModelStore store = new ModelStore(hadoop, directory);
    RunInfo run = store.readRun();
    tracking =
        config.mlflow().isEmpty()
            ? null
            : new MlflowTracking(
                config.mlflow(),
                System.getenv().getOrDefault(EXPERIMENT, "ich-pipeline"),
                new RunFile<>(hadoop, directory, MlflowTracking.FILE, MlflowTracking.Entry.class),
                run,
                store.readMetrics());
    if (tracking != null) {
      told.add(tracking);
    }
  }

  /**
   * What can be checked before a run: who is to be told, and what is to compute.
   *
   * @throws UserException if the jar cannot compute on {@code train.device}
   */
  static void check(TrainConfig config, SparkSession spark) {
    TaskDevice.check(
        config.device(),
        CudaBackend.inJar(),
        spark.sparkContext().isLocal(),
        spark.conf().get(TaskDevice.AMOUNT, "0"));
  }

  /** Trains, and tells how it ended. */
  List<EpochMetrics> during(Training training) throws IOException {
    TrainProgress all = TrainProgress.all(told);
    boolean done = false;
    try {
      List<EpochMetrics> metrics = training.train(all);
      done = true;
      return metrics;
    } finally {
      all.ended(done);
    }
  }

  void report(JobReport.Builder report) {
    if (tracking != null) {
      report.fact("mlflow", tracking.summary());
    }
  }
}
