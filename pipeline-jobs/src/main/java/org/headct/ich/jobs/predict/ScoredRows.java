package org.headct.ich.jobs.predict;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.headct.ich.domain.ct.SliceReason.BLANK_ID;
import static org.headct.ich.domain.ct.SliceReason.NO_GEOMETRY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.dump.NoTensorException;

/**
 * The rows of a dump's slices: one row per slice, with its scores or the reason why it has none.
 * The rows are cached and counted afterwards, so a task that ran twice counts once.
 */
final class ScoredRows {
  static final String IMAGE = "image_id";
  static final String SCAN = "scan_id";
  static final String SERIES = "series_id";
  static final String SCORES = "scores";

  /** The name of the slice's {@link ScoreTask.Standing}. */
  static final String STANDING = "standing";

  /** The reason why there are no scores; empty if there are. */
  static final String REASON = "reason";

  /** The reason why the slice has no position; empty if it has one. */
  private static final String UNPLACED = "unplaced";

  static final StructType SCHEMA =
      new StructType()
          .add(IMAGE, StringType, false)
          .add("patient_id", StringType, false)
          .add(SCAN, StringType, false)
          .add(SERIES, StringType, false)
          .add("position", IntegerType, true)
          .add("series_slices", IntegerType, false)
          .add(SCORES, createArrayType(FloatType, false), false)
          .add(STANDING, StringType, false)
          .add(UNPLACED, StringType, false)
          .add("unplaced_detail", StringType, false)
          .add("own_object", StringType, false)
          .add(REASON, StringType, false)
          .add("object", StringType, false)
          .add("detail", StringType, false);

  private ScoredRows() {}

  static Row scored(ScoreTask task, float[] scores) {
    Object[] boxed = new Object[scores.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = scores[i];
    }
    return row(task, boxed, "", "", "");
  }

  static Row rejected(ScoreTask task, NoTensorException why) {
    return row(
        task, new Object[0], why.reason().name(), why.object(), why.detailFor(task.imageId()));
  }

  private static Row row(
      ScoreTask t, Object[] scores, String reason, String object, String detail) {
    ScoreTask.Unplaced unplaced = t.unplaced();
    return RowFactory.create(
        t.imageId(),
        t.patientId(),
        t.scanId(),
        t.seriesId(),
        t.position(),
        t.seriesSlices(),
        scores,
        t.standing().name(),
        unplaced == null ? "" : unplaced.reason().name(),
        unplaced == null ? "" : unplaced.detail(),
        unplaced == null ? "" : t.object(),
        reason,
        object,
        detail);
  }

  static Column isScored() {
    return col(REASON).equalTo("");
  }

  /** Returns rows of {@code ich.scores}: one per slice and output of the network. */
  static Dataset<Row> scores(Dataset<Row> slices, ScoringModel model, String dump) {
    Column[] names =
        model.outputs().stream().map(Subtype::column).map(functions::lit).toArray(Column[]::new);
    return slices
        .where(isScored())
        .select(col("*"), posexplode(col(SCORES)).as(new String[] {"output", "one"}))
        .select(
            lit(model.run()).as("run"),
            lit(dump).as("dump"),
            lit(model.hash()).as("model"),
            col(IMAGE),
            col("patient_id"),
            col(SCAN),
            col(SERIES),
            col("position"),
            col("series_slices"),
            // The table's columns hold no nulls; Spark cannot infer that for an array item.
            coalesce(functions.get(functions.array(names), col("output")), lit("")).as("finding"),
            col("one").cast("double").as("score"));
  }

  /**
   * Returns rows of {@code ich.score_findings}: slices whose pixels cannot be read, and slices
   * without a position. The audit has noted which ones lack geometry or an id.
   */
  static Dataset<Row> findings(Dataset<Row> slices, ScoringModel model, String dump) {
    Column run = lit(model.run()).as("run");
    Column named = lit(dump).as("dump");
    return slices
        .where(isScored().unary_$bang())
        .select(
            run,
            named,
            col("object"),
            col(REASON),
            lit(true).as("rejected"),
            col(IMAGE),
            col("detail"))
        .union(
            slices
                .where(isScored())
                .where(not(col(UNPLACED).isin("", NO_GEOMETRY.name(), BLANK_ID.name())))
                .select(
                    run,
                    named,
                    col("own_object"),
                    col(UNPLACED),
                    lit(false).as("rejected"),
                    col(IMAGE),
                    col("unplaced_detail")));
  }

  /** Counts the scored slices without a position by reason. */
  static Map<String, Long> unplaced(Dataset<Row> slices) {
    return counts(slices.where(isScored()).where(not(col(UNPLACED).equalTo(""))), UNPLACED);
  }

  /**
   * Returns some rejected slices for a message. They are named by image, because paths stay in
   * tables.
   */
  static List<String> rejectedExamples(Dataset<Row> slices, int most) {
    List<String> examples = new ArrayList<>();
    for (Row row :
        slices
            .where(isScored().unary_$bang())
            .orderBy(IMAGE)
            .select(IMAGE, REASON, "detail")
            .limit(most)
            .collectAsList()) {
      examples.add("%s %s (%s)".formatted(row.getString(0), row.getString(1), row.getString(2)));
    }
    return examples;
  }

  /** Counts the slices without scores by reason; scored slices are under "". */
  static Map<String, Long> count(Dataset<Row> slices) {
    return counts(slices, REASON);
  }

  private static Map<String, Long> counts(Dataset<Row> slices, String column) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : slices.groupBy(column).count().collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }
}
