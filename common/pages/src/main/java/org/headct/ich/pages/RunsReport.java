package org.headct.ich.pages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.headct.ich.pages.element.Estimate;
import org.headct.ich.pages.element.Facts;

/**
 * What the page of runs shows, as plain data. A figure that was not measured is NaN.
 *
 * @param runs in the order of their names
 * @param unreadable folders that hold something else, with the reason
 * @param results rows of {@code ich.metrics}
 * @param published figures of others
 * @param coreHourPrice in any currency; 0 where it is not known
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
   * A training.
   *
   * @param experiment that it belongs to; empty for none
   * @param head its outputs
   * @param splitUnit what its split keeps together, such as patient; empty where it is not known
   * @param split how the data were divided, in words
   * @param snapshot of the tensors table
   * @param codeVersion that began it
   * @param parameters of the network
   * @param asked epochs that were asked for
   * @param workers that trained at once, each on a core
   * @param settings further facts: name to value, in their order
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

    /** Training and validation of all epochs. */
    public double seconds() {
      return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }

    /** Of the workers, which is what a training costs. */
    public double coreHours() {
      return workers * seconds() / 3600;
    }

    /** Examples of an epoch; 0 without epochs. */
    public long images() {
      return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).images();
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
   * @param images training images
   * @param imagesPerSecond training images, averaging included
   * @param seconds training and validation
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

    /** Mean over the classes; NaN without any. */
    public double meanAuc() {
      return auc.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /**
   * The figures of a class in an evaluation.
   *
   * @param run its name; of a classifier over a run's features with a plus and its own behind it
   * @param split the part that was scored
   * @param unit what was scored: slice or scan
   * @param figures with their 95 % intervals by patient, named as in {@code ich.metrics}
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

    /** Name of the training behind it. */
    public String training() {
      int plus = run.indexOf('+');
      return plus < 0 ? run : run.substring(0, plus);
    }

    /** A figure; undefined where there is none of that name. */
    public Estimate figure(String name) {
      return figures.getOrDefault(name, Estimate.of(Double.NaN));
    }
  }
}
