package org.headct.ich.jobs.evaluatemodel;

import java.io.IOException;
import java.util.List;
import org.headct.ich.domain.config.EvaluateConfig;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.batch.TensorPlan;
import org.headct.ich.jobs.evaluation.Evaluation;
import org.headct.ich.jobs.evaluation.Scans;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.modelstore.RunInfo;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.scoring.Probe;
import org.headct.ich.jobs.scoring.ScoredImage;
import org.headct.ich.jobs.scoring.ScoringTime;
import org.headct.ich.pages.EvaluationReport.SliceExample;
import org.headct.ich.pages.EvaluationReport.StageTime;

/**
 * The results of an evaluation.
 *
 * @param slices evaluation by slice
 * @param scans evaluation by series
 * @param conditions figures on degraded images and with missing slices
 * @param examples slices for the page
 * @param times times of the stages
 */
record EvaluatedModel(
    Evaluation slices,
    Evaluation scans,
    List<Robustness.Condition> conditions,
    List<SliceExample> examples,
    List<StageTime> times) {

  /** The parts of an evaluation that a network that reads series does not get. */
  static final String LEFT_OUT_OF_SERIES =
      "figures with missing slices and heat maps, because each slice is read with its whole series";

  /**
   * Evaluates the scored slices, and runs the model again on degraded and partly hidden images.
   *
   * @param time time of the scoring
   */
  static EvaluatedModel of(
      JobContext context,
      EvaluateConfig config,
      ModelStore store,
      TensorPlan plan,
      List<ScoredImage> scored,
      ScoringTime time)
      throws IOException {
    RunInfo run = store.readRun();
    List<Subtype> subtypes = run.settings().head().subtypes();
    boolean series = run.settings().readsSeries();
    Probe probe = new Probe(context.javaSpark(), store.modelPath(), run.settings(), plan);
    List<ScoredImage> slices =
        scored.stream().map(image -> image.outputs(0, subtypes.size())).toList();
    List<ScoredImage> scans =
        series ? Scans.answered(scored, subtypes.size()) : new Scans(slices).whole();
    List<StageTime> times =
        StageTimes.of(context, run, store.readMetrics(), time, scored.size(), scans.size());
    context.progress().step("evaluate-model, degraded images");
    List<Robustness.Condition> conditions =
        new Robustness(subtypes, config, series).of(slices, probe);
    context.progress().step("evaluate-model, heat maps");
    List<SliceExample> examples =
        new SliceExamples(context, config, run, subtypes.get(0)).of(slices, probe);
    return new EvaluatedModel(
        Evaluation.of(subtypes, slices, config),
        Evaluation.of(subtypes, scans, config),
        conditions,
        examples,
        times);
  }
}
