package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.ClassWeights;
import org.headct.ich.domain.sample.PatientFolds;

/**
 * The training part for one label.
 *
 * @param rows rows with columns image_id, features, label, weight, fold
 * @param folds number of folds
 * @param images number of images in the part
 * @param positives number of images with the label
 */
record LabelRows(Dataset<Row> rows, int folds, long images, long positives) {
  static final String IMAGE = "image_id";
  static final String PATIENT = "patient_id";
  static final String SERIES = "series_id";
  static final String FEATURES = "features";
  static final String LABEL = "label";
  static final String WEIGHT = "weight";
  static final String FOLD = "fold";

  private static final StructType FOLDS =
      new StructType(
          new StructField[] {
            new StructField(PATIENT, DataTypes.StringType, false, Metadata.empty()),
            new StructField(FOLD, DataTypes.IntegerType, false, Metadata.empty())
          });

  /**
   * Adds labels and weights, and assigns patients to folds.
   *
   * @param training training part, from {@link FeatureRows#part}
   * @param folds largest number of folds
   * @return rows of the label; empty if not even two folds have images with and without the label
   */
  static Optional<LabelRows> of(
      Dataset<Row> training, Subtype label, Balance balance, int folds, long seed) {
    Column has = col(label.column()).equalTo(1);
    Column one = when(has, lit(1L)).otherwise(0L);
    List<PatientFolds.Patient> patients = new ArrayList<>();
    long[] images = new long[2];
    long[] seen = new long[2];
    for (Row row :
        training
            .groupBy(PATIENT)
            .agg(
                sum(one),
                count(lit(1)),
                sum(one.multiply(col("copies"))),
                sum(col("copies").cast("long")))
            .collectAsList()) {
      long positives = row.getLong(1);
      long negatives = row.getLong(2) - positives;
      patients.add(new PatientFolds.Patient(row.getString(0), positives, negatives));
      images[1] += positives;
      images[0] += negatives;
      seen[1] += row.getLong(3);
      seen[0] += row.getLong(4) - row.getLong(3);
    }
    return PatientFolds.deal(patients, folds, seed)
        .map(
            dealt -> {
              ClassWeights weights = new ClassWeights(seen[0], seen[1]);
              Column weight =
                  balance == Balance.CLASS_WEIGHTS
                      ? when(has, weights.positive()).otherwise(weights.negative())
                      : lit(1.0);
              Dataset<Row> rows =
                  training
                      .join(
                          org.apache.spark.sql.functions.broadcast(table(training, dealt)), PATIENT)
                      .select(
                          col(IMAGE),
                          col(FEATURES),
                          one.cast("double").as(LABEL),
                          weight.multiply(col("copies")).as(WEIGHT),
                          col(FOLD));
              return new LabelRows(rows, dealt.folds(), images[0] + images[1], images[1]);
            });
  }

  private static Dataset<Row> table(Dataset<Row> training, PatientFolds dealt) {
    List<Row> rows =
        dealt.foldOf().entrySet().stream()
            .map(one -> RowFactory.create(one.getKey(), one.getValue()))
            .toList();
    return training.sparkSession().createDataFrame(rows, FOLDS);
  }
}
