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

/**
 * Observers of a training: console, meters, and an MLflow server if {@code train.mlflow} names one.
 */
final class TrainingObservers {
  private static final String EXPERIMENT = "MLFLOW_EXPERIMENT_NAME";

  private final List<TrainProgress> told = new ArrayList<>();
  private final @Nullable MlflowTracking tracking;

  /** A training that reports its progress. */
  interface Training {
    List<EpochMetrics> train(TrainProgress told) throws IOException;
  }

  /**
   * Connects to the MLflow server, if there is one.
   *
   * @param always observers that are told first, in their order
   * @param directory of the run, which has its description and the epochs before a resume
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
   * Checks the device before a run.
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

  /** Runs a training and tells the observers how it ended. */
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

  /** Adds the MLflow server's line to the report. */
  void report(JobReport.Builder report) {
    if (tracking != null) {
      report.fact("mlflow", tracking.summary());
    }
  }
}
