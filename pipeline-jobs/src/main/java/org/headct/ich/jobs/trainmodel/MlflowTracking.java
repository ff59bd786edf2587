package org.headct.ich.jobs.trainmodel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headct.ich.jobs.averaging.TrainProgress;
import org.headct.ich.jobs.modelstore.EpochMetrics;
import org.headct.ich.jobs.modelstore.RunFile;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run in an MLflow tracking server: settings as parameters, figures of each epoch,
 * status. The server never ends a training. Figures that it does not take are offered again after
 * the next epoch, with one warning for the whole run. A server that does not answer in time is not
 * asked again.
 */
final class MlflowTracking implements TrainProgress {
  static final String FILE = "mlflow.json";

  private static final Logger LOG = LoggerFactory.getLogger(MlflowTracking.class);

  /** Limit of a call; the client itself waits without a limit. */
  private static final int PATIENCE_SECONDS = 30;

  /** Parameters that MLflow takes in one call. */
  private static final int PARAMS_A_CALL = 100;

  /**
   * The run's entry in MLflow. The run's directory keeps it, so that a resumed run goes on under
   * the same id.
   *
   * @param server its address
   * @param run MLflow's id of the run
   * @param epochs sent so far
   */
  record Entry(String server, String run, int epochs) {}

  private final String server;
  private final String experiment;
  private final RunFile<Entry> note;
  private final RunInfo run;
  private final MlflowClient client;
  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "mlflow");
            thread.setDaemon(true);
            return thread;
          });
  private final List<EpochMetrics> untold = new ArrayList<>();
  private @Nullable Entry entry;
  private boolean begun;
  private boolean leftAlone;
  private boolean warned;
  private String trouble = "";

  /**
   * Begins the run in the server, or goes on with the one that the note names.
   *
   * @param before epochs before a resume
   */
  MlflowTracking(
      String server,
      String experiment,
      RunFile<Entry> note,
      RunInfo run,
      List<EpochMetrics> before) {
    this.server = server;
    this.experiment = experiment;
    this.note = note;
    this.run = run;
    this.client = new MlflowClient(server);
    untold.addAll(before);
    call(this::tell);
  }

  @Override
  public void epoch(EpochMetrics metrics) {
    untold.add(metrics);
    call(this::tell);
  }

  @Override
  public void ended(boolean done) {
    call(
        () -> {
          Entry told = tell();
          client.setTerminated(told.run(), done ? RunStatus.FINISHED : RunStatus.FAILED);
          return told;
        });
    calls.shutdownNow();
    client.close();
  }

  /** Returns the line for the report. */
  String summary() {
    String where = entry == null ? "no run" : "run " + entry.run();
    return trouble.isEmpty() && untold.isEmpty()
        ? "%s at %s".formatted(where, server)
        : "%s at %s, %d epochs untold: %s".formatted(where, server, untold.size(), trouble);
  }

  private Entry tell() throws IOException {
    Entry now = begin();
    while (!untold.isEmpty()) {
      EpochMetrics next = untold.get(0);
      if (next.epoch() > now.epochs()) {
        client.logBatch(now.run(), MlflowRows.metrics(next), List.of(), List.of());
        now = keep(new Entry(server, now.run(), next.epoch()));
      }
      untold.remove(0);
    }
    return now;
  }

  private Entry begin() throws IOException {
    if (entry != null && begun) {
      return entry;
    }
    Optional<Entry> known = note.read();
    if (known.isPresent() && known.get().server().equals(server)) {
      client.sendPost("runs/update", MlflowRows.running(known.get().run()));
      entry = known.get();
    } else {
      entry = keep(new Entry(server, create(), 0));
    }
    begun = true;
    return entry;
  }

  private String create() {
    String id =
        client
            .getExperimentByName(experiment)
            .map(found -> found.getExperimentId())
            .orElseGet(() -> client.createExperiment(experiment));
    CreateRun.Builder request =
        CreateRun.newBuilder()
            .setExperimentId(id)
            .setRunName(run.run())
            .setStartTime(System.currentTimeMillis());
    MlflowRows.tags(run).forEach(request::addTags);
    String created = client.createRun(request.build()).getRunId();
    List<Param> params = MlflowRows.params(run);
    for (int from = 0; from < params.size(); from += PARAMS_A_CALL) {
      List<Param> some = params.subList(from, Math.min(from + PARAMS_A_CALL, params.size()));
      client.logBatch(created, List.of(), some, List.of());
    }
    return created;
  }

  private Entry keep(Entry told) throws IOException {
    note.write(told);
    entry = told;
    return told;
  }

  private void call(Callable<Entry> task) {
    if (leftAlone) {
      return;
    }
    try {
      calls.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      trouble = "";
    } catch (TimeoutException e) {
      leftAlone = true;
      warn("no answer in %d s".formatted(PATIENCE_SECONDS));
    } catch (ExecutionException e) {
      warn(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Warns once a run. The training goes on, and the report shows the reason at the end. */
  private void warn(String reason) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "train.mlflow: the tracking server {} does not take what it is told ({}); the training goes on",
          server,
          reason);
    }
    trouble = reason.lines().findFirst().orElse("");
  }
}
