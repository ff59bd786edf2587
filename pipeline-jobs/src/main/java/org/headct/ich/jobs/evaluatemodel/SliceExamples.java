package org.headct.ich.jobs.evaluatemodel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.scoring.Occlusion;
import org.headct.ich.jobs.scoring.Probe;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.headct.ich.pages.EvaluationReport.Outcome;
import org.headct.ich.pages.EvaluationReport.SliceExample;
import org.headct.ich.pages.element.Numbers;
import org.headct.ich.pages.element.Picture;
import org.headct.ich.pages.element.Pictures;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of the worst errors and of correct slices with the surest scores, for the first class.
 * The worst errors also get a heat map.
 */
final class SliceExamples {
  private static final TensorsTable TENSORS = new TensorsTable();
  private static final String BRAIN = "brain";

  private final JobContext context;
  private final EvaluateConfig config;
  private final RunInfo run;
  private final Subtype subtype;

  /**
   * Creates the examples of a run.
   *
   * @param subtype class of the first output
   */
  SliceExamples(JobContext context, EvaluateConfig config, RunInfo run, Subtype subtype) {
    this.context = context;
    this.config = config;
    this.run = run;
    this.subtype = subtype;
  }

  List<SliceExample> of(List<ScoredImage> scored, Probe probe) throws IOException {
    List<Choice> shown = chosen(scored);
    Set<String> errors =
        shown.stream()
            .filter(Choice::isError)
            .sorted(Comparator.comparingDouble(Choice::wrongBy).reversed())
            .limit(run.settings().readsSeries() ? 0 : config.heatMaps())
            .map(choice -> choice.image().imageId())
            .collect(Collectors.toSet());
    Map<String, Occlusion> seen = errors.isEmpty() ? Map.of() : probe.occluded(errors, 0);
    Map<String, Tensor> tensors = tensors(shown);
    List<SliceExample> examples = new ArrayList<>();
    for (Choice choice : shown) {
      Tensor tensor = tensors.get(choice.image().imageId());
      if (tensor != null) {
        examples.add(example(choice, tensor, seen.get(choice.image().imageId())));
      }
    }
    return examples;
  }

  private record Choice(Outcome outcome, ScoredImage image) {
    boolean isError() {
      return outcome == Outcome.FALSE_POSITIVE || outcome == Outcome.FALSE_NEGATIVE;
    }

    /** Returns the distance of the score from the label. */
    double wrongBy() {
      return Math.abs(image.labels()[0] - image.scores()[0]);
    }
  }

  private List<Choice> chosen(List<ScoredImage> scored) {
    int each = config.pictures() / 4 + (config.pictures() % 4 > 0 ? 1 : 0);
    List<Choice> chosen = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      boolean highestFirst = outcome == Outcome.FALSE_POSITIVE || outcome == Outcome.TRUE_POSITIVE;
      Comparator<Choice> order = Comparator.comparingDouble(c -> c.image().scores()[0]);
      scored.stream()
          .map(image -> new Choice(outcome(image), image))
          .filter(c -> c.outcome() == outcome)
          .sorted(highestFirst ? order.reversed() : order)
          .limit(each)
          .forEach(chosen::add);
    }
    return chosen.subList(0, Math.min(chosen.size(), config.pictures()));
  }

  private Outcome outcome(ScoredImage image) {
    boolean positive = image.labels()[0] > 0;
    boolean called = image.scores()[0] >= config.threshold();
    if (called) {
      return positive ? Outcome.TRUE_POSITIVE : Outcome.FALSE_POSITIVE;
    }
    return positive ? Outcome.FALSE_NEGATIVE : Outcome.TRUE_NEGATIVE;
  }

  private Map<String, Tensor> tensors(List<Choice> choices) {
    Object[] ids = choices.stream().map(c -> c.image().imageId()).toArray();
    Map<String, Tensor> tensors = new HashMap<>();
    context
        .spark()
        .read()
        .option("snapshot-id", run.tensorSnapshot())
        .table(context.warehouse().identifier(TENSORS))
        .where(
            functions
                .col("dataset")
                .equalTo(run.dataset())
                .and(functions.col("split").equalTo(config.split()))
                .and(functions.col("image_id").isin(ids)))
        .collectAsList()
        .forEach(
            row -> {
              Tensor tensor = TENSORS.fromRow(row);
              tensors.put(tensor.labels().imageId(), tensor);
            });
    return tensors;
  }

  private SliceExample example(Choice choice, Tensor tensor, @Nullable Occlusion seen) {
    int height = tensor.form().height();
    int width = tensor.form().width();
    List<String> windows = Arrays.asList(tensor.form().windows().split(","));
    List<Picture> pictures =
        new ArrayList<>(Pictures.windows(tensor.grey(), height, width, windows));
    if (seen != null) {
      pictures.add(heat(tensor, windows, seen));
    }
    return new SliceExample(
        choice.outcome(),
        choice.image().imageId(),
        subtype.column(),
        choice.image().scores()[0],
        Subtype.FIVE.stream().filter(tensor.labels()::has).map(Subtype::column).toList(),
        pictures);
  }

  /**
   * Returns a heat map over the brain window, in which most bleeds are visible, or over the first
   * window.
   */
  private Picture heat(Tensor tensor, List<String> windows, Occlusion seen) {
    int height = tensor.form().height();
    int width = tensor.form().width();
    int channel = 0;
    while (channel < windows.size() && !windows.get(channel).startsWith(BRAIN)) {
      channel++;
    }
    int at = channel < windows.size() ? channel * height * width : 0;
    byte[] grey = Arrays.copyOfRange(tensor.grey(), at, at + height * width);
    float strongest = 0;
    for (float loss : seen.losses()) {
      strongest = Math.abs(loss) > Math.abs(strongest) ? loss : strongest;
    }
    return Pictures.heat(
        "looked here, %s%s if hidden"
            .formatted(strongest > 0 ? "−" : "+", Numbers.decimal(Math.abs(strongest), 3)),
        grey,
        height,
        width,
        new Pictures.Heat(
            seen.losses(), seen.side(), run.settings().crop(height), run.settings().crop(width)));
  }
}
