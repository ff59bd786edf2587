package org.headct.ich.jobs.classifiers;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.testing.TestSpark;
import org.junit.jupiter.api.Test;

/** Tests of the training rows of a label and of the scale of margins. */
class LabelRowsIT {
  private final SparkSession spark = TestSpark.session();

  /**
   * Returns ten patients with four images each. Patients 0 to 3 show any on one image, which has
   * three copies.
   */
  private Dataset<Row> training() {
    return spark
        .range(40)
        .selectExpr(
            "concat('image-', id) AS image_id",
            "concat('patient-', id DIV 4) AS patient_id",
            "CAST(IF(id % 4 = 0 AND id < 16, 3, 1) AS INT) AS copies",
            "CAST(id % 4 = 0 AND id < 16 AS INT) AS any",
            "CAST(id = 0 AS INT) AS epidural",
            "id AS features");
  }

  private LabelRows rows(Balance balance) {
    return LabelRows.of(training(), Subtype.ANY, balance, 5, 1).orElseThrow();
  }

  @Test
  void wholePatientsAreInAFoldAndEachFoldShowsTheLabel() {
    LabelRows rows = rows(Balance.COPIES);
    assertThat(rows.folds()).as("four patients show it").isEqualTo(4);
    assertThat(rows.images()).isEqualTo(40);
    assertThat(rows.positives()).isEqualTo(4);
    List<Row> folds =
        rows.rows()
            .join(training().select("image_id", "patient_id"), "image_id")
            .groupBy("patient_id")
            .agg(org.apache.spark.sql.functions.countDistinct(LabelRows.FOLD))
            .collectAsList();
    assertThat(folds).hasSize(10).allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(1));
    assertThat(
            rows.rows()
                .where(col(LabelRows.LABEL).equalTo(1))
                .select(LabelRows.FOLD)
                .distinct()
                .count())
        .isEqualTo(4);
  }

  @Test
  void copiesCountAndClassesMayWeighAlike() {
    assertThat(weight(Balance.COPIES, 1)).isEqualTo(12);
    assertThat(weight(Balance.COPIES, 0)).isEqualTo(36);
    assertThat(weight(Balance.CLASS_WEIGHTS, 1)).isCloseTo(24, within(1e-9));
    assertThat(weight(Balance.CLASS_WEIGHTS, 0)).isCloseTo(24, within(1e-9));
  }

  private double weight(Balance balance, int label) {
    return rows(balance)
        .rows()
        .where(col(LabelRows.LABEL).equalTo(label))
        .agg(org.apache.spark.sql.functions.sum(LabelRows.WEIGHT))
        .head()
        .getDouble(0);
  }

  @Test
  void aLabelOfOnePatientIsLeftOut() {
    assertThat(LabelRows.of(training(), Subtype.EPIDURAL, Balance.COPIES, 5, 1)).isEmpty();
  }

  /** A logistic curve of slope 2 and intercept 1 labels 200 margins, ten rows each. */
  @Test
  void marginsBecomeTheProbabilitiesThatTheyWereDrawnBy() {
    Dataset<Row> margins =
        spark
            .range(2000)
            .selectExpr(
                "concat('image-', id) AS image_id",
                "(id % 200 - 100) / 25.0D AS margin",
                "CAST((id DIV 200 + 0.5D) / 10 < 1 / (1 + exp(-2 * ((id % 200 - 100) / 25.0D) - 1)) AS DOUBLE) AS label");
    MarginScale scale = MarginScale.fit(margins, Balance.COPIES);
    assertThat(scale.slope()).isCloseTo(2, within(0.2));
    assertThat(scale.intercept()).isCloseTo(1, within(0.2));
    assertThat(scale.source()).startsWith("2,000 images");
    assertThat(MarginScale.fit(margins, Balance.COPIES)).isEqualTo(scale);
    double half =
        spark
            .range(1)
            .select(
                scale.probability(
                    org.apache.spark.sql.functions.lit(-scale.intercept() / scale.slope())))
            .head()
            .getDouble(0);
    assertThat(half).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void withoutBothClassesTheLogisticFunctionStands() {
    Dataset<Row> margins =
        spark
            .range(10)
            .selectExpr("concat('i', id) AS image_id", "id * 1.0D AS margin", "0.0D AS label");
    MarginScale scale = MarginScale.fit(margins, Balance.CLASS_WEIGHTS);
    assertThat(scale.slope()).isEqualTo(1);
    assertThat(scale.intercept()).isZero();
    assertThat(scale.source()).contains("0 images with the label and 10 without");
  }
}
