package org.headct.ich.jobs.evaluation;

import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.metric.Calibration;
import org.headct.ich.domain.metric.Confusion;
import org.headct.ich.domain.metric.PrecisionRecallCurve;
import org.headct.ich.domain.metric.RocCurve;

/** The curves, calibration and confusion counts of one class on the scored images. */
public record ClassEvaluation(
    Subtype subtype,
    RocCurve roc,
    PrecisionRecallCurve precisionRecall,
    Calibration calibration,
    Confusion confusion) {

  private static final int CALIBRATION_BINS = 10;

  static ClassEvaluation of(Subtype subtype, ClassExamples examples, double threshold) {
    return new ClassEvaluation(
        subtype,
        RocCurve.of(examples.ranking()),
        PrecisionRecallCurve.of(examples.ranking()),
        Calibration.of(examples.scores(), examples.truth(), CALIBRATION_BINS),
        Confusion.at(threshold, examples.scores(), examples.truth()));
  }
}
