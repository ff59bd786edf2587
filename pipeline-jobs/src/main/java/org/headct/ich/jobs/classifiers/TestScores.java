package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.scoring.ScoredImage;

/** The scores of one kind of classifier on the test part. */
final class TestScores {
  private static final String SCORE = "score_of_";

  private TestScores() {}

  /**
   * Returns the images ordered by id, with scores in the order of the classifiers. The driver gets
   * ids, labels and scores, but no features.
   *
   * @param test test part, from {@link FeatureRows#part}
   */
  static List<ScoredImage> of(Dataset<Row> test, Map<Subtype, TrainedClassifier> classifiers) {
    Dataset<Row> scored = test;
    List<Column> columns =
        new ArrayList<>(
            List.of(col(LabelRows.IMAGE), col(LabelRows.PATIENT), col(LabelRows.SERIES)));
    for (Map.Entry<Subtype, TrainedClassifier> one : classifiers.entrySet()) {
      String label = one.getKey().column();
      scored = one.getValue().score(scored, SCORE + label);
      columns.add(col(label));
      columns.add(col(SCORE + label));
    }
    return scored.select(columns.toArray(Column[]::new)).collectAsList().stream()
        .map(row -> image(row, classifiers.size()))
        .sorted(Comparator.comparing(ScoredImage::imageId))
        .toList();
  }

  private static ScoredImage image(Row row, int outputs) {
    float[] scores = new float[outputs];
    byte[] labels = new byte[outputs];
    for (int output = 0; output < outputs; output++) {
      labels[output] = (byte) row.getInt(3 + 2 * output);
      scores[output] = (float) row.getDouble(4 + 2 * output);
    }
    return new ScoredImage(row.getString(0), row.getString(1), row.getString(2), scores, labels);
  }
}
