package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.headct.ich.domain.label.Subtype;
import scala.Tuple2;

/**
 * What is to be done so that the rows that are there become those that are wanted. A row stays if
 * every column is what is wanted, and the objects behind it are the same by their size and version
 * or by the hash of their bytes; every other one goes, and what is wanted and does not stay is
 * built.
 */
final class TensorChanges implements AutoCloseable {
  private static final String FILE = "_file";
  private static final String GOES = "goes";

  /** Equal, or both null. */
  private static final List<String> SAME = columns();

  private final Dataset<Row> wanted;

  /** The table's rows of the datasets without pixels, their file, and whether they go. */
  private final Dataset<Row> compared;

  /**
   * @param present rows of {@code ich.tensors} with the column {@code _file}
   * @param wanted as {@link WantedTensors} gives
   * @param unreadable files whose rows all go, for they are not what their bytes say
   */
  TensorChanges(Dataset<Row> present, Dataset<Row> wanted, Set<String> unreadable) {
    this.wanted = wanted;
    Dataset<Row> p = present.alias("p");
    Dataset<Row> w = wanted.alias("w");
    Column same =
        col("p.source")
            .equalTo(col("w.source"))
            .or(col("p.content_hash").equalTo(col("w.content_hash")));
    for (String column : SAME) {
      same = same.and(col("p." + column).eqNullSafe(col("w." + column)));
    }
    Column struckOut = col("p." + FILE).isin(unreadable.toArray());
    compared =
        p.join(w, same, "left")
            .select(
                col("p.dataset"),
                col("p.split"),
                col("p.image_id"),
                col("p." + FILE).as(FILE),
                col("w.image_id").isNull().or(struckOut).as(GOES))
            // Spark leaves the partitions of what is kept as they are: 200 tasks a question.
            .coalesce(present.sparkSession().sparkContext().defaultParallelism())
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "dataset",
                "image_id",
                "patient_id",
                "series_id",
                "position",
                "split",
                "copies",
                "recipe",
                "standardised"));
    Subtype.ALL.forEach(subtype -> columns.add(subtype.column()));
    return List.copyOf(columns);
  }

  /** Rows that are to be built. */
  Dataset<Row> toBuild() {
    return wanted.join(
        compared.where(col(GOES).equalTo(false)).select("dataset", "image_id"),
        new String[] {"dataset", "image_id"},
        "left_anti");
  }

  /**
   * How many rows go for others of the same key that are built.
   *
   * @param rejected names of selections of which nothing could be built
   */
  long replaced(Set<String> rejected) {
    return toBuild()
        .join(
            compared.where(col(GOES)).select("dataset", "image_id"),
            new String[] {"dataset", "image_id"},
            "left_semi")
        .select("dataset", "image_id")
        .javaRDD()
        .filter(row -> !rejected.contains(TensorRejections.name(row.getString(0), row.getString(1))))
        .count();
  }

  /** How many rows stay. */
  long staying() {
    return compared.where(col(GOES).equalTo(false)).count();
  }

  /** Whether every row stays, and none is missing. */
  boolean none() {
    return touched().isEmpty() && toBuild().isEmpty();
  }

  /**
   * Files that have rows which go.
   *
   * @param all rows that the file has
   * @param going of them
   */
  record Touched(long all, long going) {}

  /** By file. */
  Map<String, Touched> touched() {
    Map<String, Touched> touched = new TreeMap<>();
    for (Row row :
        compared
            .groupBy(FILE)
            .agg(count(lit(1)).as("all"), sum(col(GOES).cast("bigint")).as("going"))
            .where(col("going").gt(0))
            .collectAsList()) {
      touched.put(row.getString(0), new Touched(row.getLong(1), row.getLong(2)));
    }
    return touched;
  }

  /** The images of the rows that stay in files that others leave. */
  JavaPairRDD<String, Iterable<String>> stayingIn(Set<String> files) {
    return compared
        .where(col(FILE).isin(files.toArray()).and(col(GOES).equalTo(false)))
        .select(FILE, "image_id")
        .javaRDD()
        .mapToPair(row -> new Tuple2<>(row.getString(0), row.getString(1)))
        .groupByKey(files.size());
  }

  @Override
  public void close() {
    compared.unpersist();
  }
}
