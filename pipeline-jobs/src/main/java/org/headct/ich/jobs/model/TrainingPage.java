package org.headct.ich.jobs.model;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Deeplearning4j's page of a training that runs. Its libraries are many and old, so it comes in
 * jars built with {@code -Pui} alone, where {@link ServiceLoader} finds it.
 */
public interface TrainingPage {
  /**
   * Serves the page until the training ends.
   *
   * @param port of this machine, on every interface
   * @param run name of the run, shown as the session
   * @throws org.headct.ich.common.error.UserException if it cannot serve there
   */
  TrainProgress open(int port, String run);

  /** The page of this jar, if it has one. */
  static Optional<TrainingPage> find() {
    return ServiceLoader.load(TrainingPage.class, TrainingPage.class.getClassLoader()).findFirst();
  }
}
