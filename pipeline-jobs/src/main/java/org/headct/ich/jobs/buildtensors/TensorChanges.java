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
 * Difference between the present and the wanted rows of {@code ich.tensors}.
 *
 * <p>A row stays if its compared columns have the wanted values and its source objects are the
 * same, by size and version or by the hash of their bytes. Every other row is removed. Wanted rows
 * that don't stay are built.
 */
final class TensorChanges implements AutoCloseable {
  private static final String FILE = "_file";
  private static final String GOES = "goes";

  /** Columns whose values must be equal, or both null. */
  private static final List<String> SAME = columns();

  private final Dataset<Row> wanted;

  /** Present rows without pixels: their file, and whether they are removed. */
  private final Dataset<Row> compared;

  /**
   * Compares the rows.
   *
   * @param present the rows of {@code ich.tensors} with the column {@code _file}
   * @param wanted the rows by {@link WantedTensors}
   * @param unreadable the files whose rows are all removed, because their content is not valid
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
            // A persisted dataset keeps its partitions. Without coalescing, each query would run
            // 200 tasks.
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

  /** Returns the rows to build. */
  Dataset<Row> toBuild() {
    return wanted.join(
        compared.where(col(GOES).equalTo(false)).select("dataset", "image_id"),
        new String[] {"dataset", "image_id"},
        "left_anti");
  }

  /**
   * Counts the removed rows that a new row with the same key replaces.
   *
   * @param rejected the names of the selections that gave no tensor
   */
  long replaced(Set<String> rejected) {
    return toBuild()
        .join(
            compared.where(col(GOES)).select("dataset", "image_id"),
            new String[] {"dataset", "image_id"},
            "left_semi")
        .select("dataset", "image_id")
        .javaRDD()
        .filter(
            row -> !rejected.contains(TensorRejections.name(row.getString(0), row.getString(1))))
        .count();
  }

  /** Counts the rows that stay. */
  long staying() {
    return compared.where(col(GOES).equalTo(false)).count();
  }

  /** Returns whether every row stays and none is missing. */
  boolean none() {
    return touched().isEmpty() && toBuild().isEmpty();
  }

  /**
   * Row counts of a file from which rows are removed.
   *
   * @param all the number of rows in the file
   * @param going the number of rows to remove
   */
  record Touched(long all, long going) {}

  /** Returns the files from which rows are removed, by name. */
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

  /** Returns, for each of these files, the image ids of its rows that stay. */
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
