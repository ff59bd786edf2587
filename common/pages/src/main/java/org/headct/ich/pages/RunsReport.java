package org.headct.ich.pages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Facts;

/**
 * Everything that the experiments page shows, as plain data. A figure that was not measured is NaN.
 *
 * @param runs runs, ordered by name
 * @param unreadable folders without a readable run, each with the reason
 * @param results rows of {@code ich.metrics}
 * @param published published results
 * @param coreHourPrice price of a core-hour, in any currency; 0 if unknown
 */
public record RunsReport(
    DataOrigin origin,
    List<Run> runs,
    List<String> unreadable,
    QueryResult<Result> results,
    List<PublishedResult> published,
    double coreHourPrice,
    String codeVersion,
    Instant finished) {

  public RunsReport {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
    published = List.copyOf(published);
  }

  /**
   * A training run.
   *
   * @param experiment experiment that the run belongs to; empty for none
   * @param head description of the network's outputs
   * @param splitUnit unit that the split keeps together, such as patient; empty if unknown
   * @param split description of the split
   * @param snapshot snapshot id of the tensors table
   * @param codeVersion code version that started the run
   * @param parameters number of the network's parameters
   * @param asked number of epochs asked for
   * @param workers number of parallel workers, each on one core
   * @param settings further facts about the run, in display order
   */
  public record Run(
      String name,
      String experiment,
      String network,
      String head,
      String dataset,
      String splitUnit,
      String split,
      long seed,
      String snapshot,
      String codeVersion,
      long parameters,
      int asked,
      int workers,
      List<Facts.Fact> settings,
      List<Epoch> epochs) {

    public Run {
      settings = List.copyOf(settings);
      epochs = List.copyOf(epochs);
    }

    /** Returns the time of training and validation over all epochs, in seconds. */
    public double seconds() {
      return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /** Returns the core-hours of the training: number of workers × time. */
    public double coreHours() {
      return workers * seconds() / 3600;
    }

    /** Returns the number of training images in the last epoch; 0 without epochs. */
    public long images() {
      return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).images();
    }

    /**
     * Returns the number of the epoch whose model is kept; 0 without epochs. It has the lowest
     * validation loss; without any validation loss, it is the last epoch.
     */
    public int best() {
      int best = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).number();
      double least = Double.POSITIVE_INFINITY;
      for (Epoch epoch : epochs) {
        if (epoch.validationLoss() < least) {
          least = epoch.validationLoss();
          best = epoch.number();
        }
      }
      return best;
    }
  }

  /**
   * The figures of one epoch.
   *
   * @param auc ROC AUC on the validation part, by class
   * @param images number of training images
   * @param imagesPerSecond training images per second, including parameter averaging
   * @param seconds time of training and validation, in seconds
   */
  public record Epoch(
      int number,
      double rate,
      double trainLoss,
      double validationLoss,
      Map<String, Double> auc,
      long images,
      double imagesPerSecond,
      double seconds) {
    public Epoch {
      auc = Map.copyOf(auc);
    }

    /** Returns the mean ROC AUC over the classes; NaN without classes. */
    public double meanAuc() {
      return auc.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /**
   * An evaluation's figures for one class.
   *
   * @param run name of the run; for a classifier on the run's features, a plus sign and the
   *     classifier's name follow
   * @param split part of the split that was scored
   * @param unit unit of evaluation: slice or scan
   * @param figures figures with 95 % intervals by patient, by their names in {@code ich.metrics}
   */
  public record Result(
      String run,
      String split,
      String unit,
      String finding,
      long images,
      long positives,
      Map<String, Estimate> figures) {
    public Result {
      figures = Map.copyOf(figures);
    }

    /** Returns the name of the training run behind this result. */
    public String training() {
      int plus = run.indexOf('+');
      return plus < 0 ? run : run.substring(0, plus);
    }

    /** Returns the figure of this name, or an undefined one if there is none. */
    public Estimate figure(String name) {
      return figures.getOrDefault(name, Estimate.of(Double.NaN));
    }
  }
}
