package org.headct.ich.jobs.evaluatemodel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.functions;
import org.headct.ich.common.config.DatasetDefinition;
import org.headct.ich.common.config.EvaluateConfig;
import org.headct.ich.common.config.SelectConfig;
import org.headct.ich.common.config.Settings;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.jobs.model.EpochMetrics;
import org.headct.ich.jobs.model.RunInfo;
import org.headct.ich.jobs.model.ScoredImage;
import org.headct.ich.jobs.page.DataOrigin;
import org.headct.ich.jobs.page.Estimate;
import org.headct.ich.jobs.page.EvaluationReport;
import org.headct.ich.jobs.page.EvaluationReport.ClassScores;
import org.headct.ich.jobs.page.EvaluationReport.Epoch;
import org.headct.ich.jobs.page.EvaluationReport.Kept;
import org.headct.ich.jobs.page.EvaluationReport.Outcome;
import org.headct.ich.jobs.page.EvaluationReport.SliceExample;
import org.headct.ich.jobs.page.Pictures;
import org.headct.ich.jobs.page.Queried;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.SliceOrigins;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Tensor;
import org.jspecify.annotations.Nullable;

/** Gathers what the evaluation page shows. */
final class EvaluationSummary {
  private static final TensorsTable TENSORS = new TensorsTable();

  private final JobContext context;
  private final EvaluateConfig config;
  private final RunInfo run;
  private final List<EpochMetrics> epochs;

  EvaluationSummary(
      JobContext context, EvaluateConfig config, RunInfo run, List<EpochMetrics> epochs) {
    this.context = context;
    this.config = config;
    this.run = run;
    this.epochs = epochs;
  }

  EvaluationReport of(List<ScoredImage> scored, Evaluation evaluation) {
    List<ClassEvaluation> classes = evaluation.classes();
    SliceOrigins origins = SliceOrigins.of(context.warehouse());
    return new EvaluationReport(
        facts(),
        DataOrigin.of(origins.phantoms(), origins.others()),
        map(
            "ich.metrics where run = '%s'".formatted(run.run()),
            evaluation.figures(),
            EvaluationSummary::scores),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Curve.of(c.subtype().column(), c.roc())),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Curve.of(c.subtype().column(), c.precisionRecall())),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c -> EvaluationReport.Calibration.of(c.subtype().column(), c.calibration())),
        epochs(),
        map(
            "ich.predictions where run = '%s'".formatted(run.run()),
            classes,
            c ->
                EvaluationReport.Confusion.of(
                    c.subtype().column(), config.threshold(), c.confusion())),
        examples(scored, classes),
        PublishedResults.all());
  }

  private static <A, B> Queried<B> map(String source, List<A> values, Function<A, B> to) {
    return new Queried<>(source, values.stream().map(to).toList());
  }

  private EvaluationReport.Run facts() {
    return new EvaluationReport.Run(
        context.runId(),
        run.run(),
        run.settings().network().key() + ", head " + run.settings().head().key(),
        run.dataset() + ", part " + config.split(),
        Long.toString(run.tensorSnapshot()),
        DatasetDefinition.find(context.settings(), run.dataset())
            .map(dataset -> split(SelectConfig.of(context.settings(), dataset)))
            .orElse("not known: these settings define no dataset " + run.dataset()),
        run.settings().seed(),
        CodeVersion.current(),
        Instant.now());
  }

  private static String split(SelectConfig select) {
    return "by %s, %s, test %s, validation %s of the rest"
        .formatted(
            Settings.kebab(select.unit()),
            Settings.kebab(select.mode()),
            select.rule().testFraction(),
            select.rule().validationFraction());
  }

  private static ClassScores scores(Figures one) {
    return new ClassScores(
        one.finding(),
        one.images(),
        one.positives(),
        one.value("accuracy"),
        one.value("recall"),
        one.value("specificity"),
        one.value("precision"),
        one.value("f1"),
        Estimate.of(one.interval("roc_auc")),
        Estimate.of(one.interval("pr_auc")),
        one.value("log_loss"));
  }

  private Queried<Epoch> epochs() {
    int best =
        epochs.stream()
            .filter(m -> m.validationLoss() != null)
            .min(Comparator.comparingDouble(m -> orNaN(m.validationLoss())))
            .map(EpochMetrics::epoch)
            .orElse(epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch());
    return map(
        "metrics.jsonl of the run",
        epochs,
        m ->
            new Epoch(
                m.epoch(),
                m.trainLoss(),
                orNaN(m.validationLoss()),
                m.validationAuc().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN),
                m.epoch() == best ? Kept.BEST : Kept.OTHER));
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** The worst errors of the first class, then the surest right answers, as pictures. */
  private Queried<SliceExample> examples(List<ScoredImage> scored, List<ClassEvaluation> classes) {
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
    List<Choice> shown = chosen.subList(0, Math.min(chosen.size(), config.pictures()));
    Map<String, Tensor> tensors = tensors(shown);
    List<SliceExample> examples = new ArrayList<>();
    for (Choice c : shown) {
      Tensor tensor = tensors.get(c.image().imageId());
      if (tensor != null) {
        examples.add(example(c, tensor, classes.get(0).subtype()));
      }
    }
    return new Queried<>("ich.predictions joined with ich.tensors", examples);
  }

  private record Choice(Outcome outcome, ScoredImage image) {}

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

  private static SliceExample example(Choice c, Tensor tensor, Subtype subtype) {
    return new SliceExample(
        c.outcome(),
        c.image().imageId(),
        subtype.column(),
        c.image().scores()[0],
        Subtype.FIVE.stream().filter(tensor.labels()::has).map(Subtype::column).toList(),
        Pictures.windows(
            tensor.grey(),
            tensor.form().height(),
            tensor.form().width(),
            Arrays.asList(tensor.form().windows().split(","))));
  }
}
