package org.headct.ich.domain.config;

import java.util.List;
import org.headct.ich.domain.error.UserException;

/**
 * Settings of {@code experiment}: what a preset is beside the settings of the stages.
 *
 * @param name of the experiment, with which its runs' names begin
 * @param datasets that are trained on, one run each, in this order
 * @param classifiers whether classifiers learn from the features of each run then
 */
public record ExperimentConfig(String name, List<String> datasets, boolean classifiers) {
  public ExperimentConfig {
    datasets = List.copyOf(datasets);
  }

  /**
   * @throws UserException if there is no name, or a dataset is not defined
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
   * Name of the run that is trained on a dataset: the experiment's, and which where it has several.
   */
  public String run(String dataset) {
    return datasets.size() == 1 ? name : name + "-" + dataset;
  }
}
