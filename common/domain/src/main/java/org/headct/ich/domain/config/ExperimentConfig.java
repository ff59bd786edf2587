package org.headct.ich.domain.config;

import java.util.List;
import org.headct.ich.domain.error.UserException;

/**
 * Settings of {@code experiment}. A preset adds them to the settings of the jobs.
 *
 * @param name name of the experiment; the names of its runs begin with it
 * @param datasets datasets to train on, one run each, in this order
 * @param classifiers whether classifiers learn from the features of each run afterwards
 */
public record ExperimentConfig(String name, List<String> datasets, boolean classifiers) {
  public ExperimentConfig {
    datasets = List.copyOf(datasets);
  }

  /**
   * Reads the settings.
   *
   * @throws UserException if the name is empty or a dataset is not defined
   */
  public static ExperimentConfig from(Settings settings) {
    String name = TrainConfig.name(settings, "experiment.name");
    if (name.isEmpty()) {
      throw new UserException(
          "experiment.name is empty: name a preset (ich experiment PRESET), or set it in --config");
    }
    return new ExperimentConfig(
        name,
        DatasetDefinition.listed(settings, "experiment.datasets").stream()
            .map(DatasetDefinition::name)
            .toList(),
        settings.flag("experiment.classifiers"));
  }

  /**
   * Returns the name of the run on a dataset: the experiment's name, followed by the dataset's name
   * if the experiment has several datasets.
   */
  public String run(String dataset) {
    return datasets.size() == 1 ? name : name + "-" + dataset;
  }
}
