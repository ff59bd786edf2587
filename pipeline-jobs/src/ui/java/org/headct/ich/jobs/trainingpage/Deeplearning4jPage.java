package org.headct.ich.jobs.trainingpage;

import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsInitializationConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.model.TrainProgress;
import org.headct.ich.jobs.model.TrainingPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deeplearning4j's training UI over the averaged network: score, and magnitudes and histograms of
 * the parameters after each averaging. Gradients and updates stay with the workers.
 */
public final class Deeplearning4jPage implements TrainingPage {
  private static final Logger LOG = LoggerFactory.getLogger(Deeplearning4jPage.class);

  @Override
  public TrainProgress open(int port, String run) {
    VertxUIServer server;
    try {
      server = VertxUIServer.getInstance(port, false, null);
    } catch (DL4JException e) {
      throw new UserException(
          "train.ui-port: cannot serve on port %d (%s); choose another, or 0 for no page"
              .formatted(port, reason(e)),
          e);
    }
    StatsStorage storage = new InMemoryStatsStorage();
    server.attach(storage);
    LOG.info("The training page is at http://localhost:{}/train", port);
    return new Telling(server, storage, listener(storage, run));
  }

  private static StatsListener listener(StatsStorage storage, String run) {
    return new StatsListener(
        storage,
        new DefaultStatsInitializationConfiguration(true, true, true),
        new DefaultStatsUpdateConfiguration.Builder()
            .reportingFrequency(1)
            // The driver's network never sees a batch, so there is nothing to tell of one.
            .collectPerformanceStats(false)
            .collectMeanGradients(false)
            .collectStdevGradients(false)
            .collectMeanMagnitudesGradients(false)
            .collectHistogramsGradients(false)
            .collectMeanUpdates(false)
            .collectStdevUpdates(false)
            .collectMeanMagnitudesUpdates(false)
            .collectHistogramsUpdates(false)
            .collectMeanActivations(false)
            .collectStdevActivations(false)
            .collectMeanMagnitudesActivations(false)
            .collectHistogramsActivations(false)
            .build(),
        run,
        "driver");
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private record Telling(VertxUIServer server, StatsStorage storage, StatsListener listener)
      implements TrainProgress {
    @Override
    public void averaged(ComputationGraph network, double score, int iteration) {
      network.setScore(score);
      listener.iterationDone(network, iteration, network.getConfiguration().getEpochCount());
    }

    @Override
    public void ended(boolean done) {
      server.detach(storage);
      try {
        VertxUIServer.stopInstance();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("train.ui-port: the training page did not stop: {}", reason(e));
      }
    }
  }
}
