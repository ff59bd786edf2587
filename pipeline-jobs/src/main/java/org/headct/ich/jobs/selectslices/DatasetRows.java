package org.headct.ich.jobs.selectslices;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.headct.ich.domain.config.DatasetDefinition.Images;
import org.headct.ich.domain.config.SelectConfig;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.domain.sample.SplitUnit;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;
import org.headct.ich.jobs.table.SelectionsTable.Selection;

/** Rows of one dataset: its images of a split, balanced. */
final class DatasetRows {
  private final SelectConfig config;
  private final SplitSlices assigned;
  private final TrainingBalance balancing;
  private final List<LabelledSlice> images;
  private final List<Example> examples;
  private final SplitLeakage leaks;

  /**
   * Image of the dataset.
   *
   * @param weight the weight in the loss; 1 outside training
   * @param copies the number of copies in an epoch, at least 1; 1 outside training
   */
  record Example(LabelledSlice image, Split split, double weight, int copies) {}

  /**
   * Chooses the dataset's images and balances its training part.
   *
   * @throws IllegalStateException if parts of a split by patient share a patient, a study, a series
   *     or pixels; this is a defect of the program
   */
  DatasetRows(SelectConfig config, SplitSlices assigned) {
    this.config = config;
    this.assigned = assigned;
    boolean all = config.dataset().images() == Images.ALL;
    images = assigned.images().stream().filter(image -> all || image.positive()).toList();
    balancing = new TrainingBalance(config, images.stream().filter(this::trains).toList());
    examples = images.stream().map(this::example).filter(e -> e.copies() > 0).toList();
    leaks = leaks();
    if (config.unit() == SplitUnit.PATIENT && !leaks.none()) {
      throw new IllegalStateException(
          "dataset %s is split by patient, but its parts share %s".formatted(name(), leaks));
    }
  }

  private SplitLeakage leaks() {
    Map<Middle, Split> sides =
        examples.stream().collect(Collectors.toMap(e -> e.image().middle(), Example::split));
    return SplitLeakage.of(sides);
  }

  private boolean trains(LabelledSlice image) {
    return assigned.side(image.middle()) == Split.TRAIN;
  }

  private Example example(LabelledSlice image) {
    return trains(image)
        ? new Example(image, Split.TRAIN, balancing.weight(image), balancing.copies(image))
        : new Example(image, assigned.side(image.middle()), 1, 1);
  }

  String name() {
    return config.dataset().name();
  }

  private List<String> warnings(List<Middle> middles) {
    Map<Split, Long> parts =
        images.stream()
            .collect(
                Collectors.groupingBy(
                    image -> assigned.side(image.middle()), Collectors.counting()));
    return new SplitWarnings(config.unit(), config.rule(), middles)
        .of(parts, (int) middles.stream().map(assigned.units()::of).distinct().count());
  }

  /** Returns the rows for the table. */
  List<Selection> selections() {
    return examples.stream()
        .map(e -> e.image().middle().selected(name(), e.split(), e.weight(), e.copies()))
        .toList();
  }

  /**
   * Reports counts by part and class, the effect of the balance, and what more than one part
   * contains.
   */
  void describe(JobReport.Builder report) {
    report.counts(SplitTable.of(name(), examples, balancing.resamples()));
    report.fact(name() + ": balance", balancing.toString());
    if (balancing.resamples()) {
      report.fact(
          name() + ": left out by the balance", "%,d".formatted(images.size() - examples.size()));
    }
    List<Middle> middles = images.stream().map(LabelledSlice::middle).toList();
    report.fact(name() + ": patients joined", "%,d".formatted(assigned.units().joined(middles)));
    report.fact(name() + ": on two sides", leaks.toString());
    warnings(middles).forEach(warning -> report.warning(name() + ": " + warning));
  }
}
