package org.headct.ich.jobs.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the page of runs shows, as plain data. A figure that was not measured is NaN.
 *
 * @param runs in the order of their names
 * @param unreadable folders that hold something else, with the reason
 * @param results rows of {@code ich.metrics}
 */
public record RunsReport(
    DataOrigin origin,
    List<Run> runs,
    List<String> unreadable,
    Queried<Result> results,
    String codeVersion,
    Instant finished) {

  public RunsReport {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A training.
   *
   * @param head its outputs
   * @param split how the data were divided, in words
   * @param snapshot of the tensors table
   * @param codeVersion that began it
   * @param parameters of the network
   * @param asked epochs that were asked for
   * @param settings further facts: name to value, in their order
   */
  public record Run(
      String name,
      String network,
      String head,
      String dataset,
      String split,
      long seed,
      String snapshot,
      String codeVersion,
      long parameters,
      int asked,
      List<Facts.Fact> settings,
      List<Epoch> epochs) {

    public Run {
      settings = List.copyOf(settings);
      epochs = List.copyOf(epochs);
    }

    /** The epoch whose model is kept: the least validation loss, or else the last; 0 for none. */
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
   * @param auc area under the ROC curve of the validation part, by class
   * @param imagesPerSecond training images, averaging included
   */
  public record Epoch(
      int number,
      double rate,
      double trainLoss,
      double validationLoss,
      Map<String, Double> auc,
      double imagesPerSecond) {
    public Epoch {
      auc = Map.copyOf(auc);
    }

    /** Mean over the classes; NaN without any. */
    public double meanAuc() {
      return auc.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /**
   * The figures of a class in an evaluation.
   *
   * @param split the part that was scored
   * @param figures with their 95 % intervals by patient, named as in {@code ich.metrics}
   */
  public record Result(
      String run,
      String split,
      String finding,
      long images,
      long positives,
      Map<String, Estimate> figures) {
    public Result {
      figures = Map.copyOf(figures);
    }
  }
}
