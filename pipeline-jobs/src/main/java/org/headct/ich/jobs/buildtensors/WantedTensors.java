package org.headct.ich.jobs.buildtensors;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.ct.Repair;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.table.ImageLabelling;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.Warehouse;
import org.jspecify.annotations.Nullable;

/**
 * Rows that {@code ich.tensors} should have of a dataset, computed from the other tables. They have
 * all columns except the pixels, and in {@link #SLICES} the objects to read the pixels from.
 */
final class WantedTensors {
  static final String SLICES = "slices";

  private static final String GONE = "gone";

  private static final SlicesTable SLICES_TABLE = new SlicesTable();
  private static final SelectionsTable SELECTIONS = new SelectionsTable();

  private static final String OWN = "own";
  private static final String PREVIOUS = "previous";
  private static final String NEXT = "next";

  private WantedTensors() {}

  /** Returns the wanted rows of one dataset. {@link #check Check} them before use. */
  static Dataset<Row> of(Warehouse warehouse, TensorsConfig config) {
    Dataset<Row> selected =
        warehouse.read(SELECTIONS).where(col("dataset").equalTo(config.dataset()));
    Dataset<Row> slices = slices(warehouse);
    Dataset<Row> joined =
        selected
            .join(slice(slices, "image_id", OWN), column("image_id"), "left")
            .join(labels(warehouse), column("image_id"), "left");
    Column gone = col(OWN).isNull().or(col(Subtype.ANY.column()).isNull());
    List<String> places = List.of(OWN);
    if (config.recipe().adjacentSlices()) {
      joined = beside(beside(joined, slices, PREVIOUS), slices, NEXT);
      gone = gone.or(goneBeside(PREVIOUS)).or(goneBeside(NEXT));
      places = List.of(PREVIOUS, OWN, NEXT);
    }
    List<Column> columns = columns(config, places);
    columns.add(gone.as(GONE));
    return joined.select(columns.toArray(Column[]::new));
  }

  /**
   * Counts the wanted rows, and checks that each still has its slices and labels. Both tables may
   * be newer than the selection.
   *
   * @throws UserException if a dataset has no rows, or if a selected slice or its labels are gone
   */
  static long check(Warehouse warehouse, Dataset<Row> wanted, Set<String> datasets) {
    Map<String, Row> counts = new HashMap<>();
    wanted
        .groupBy("dataset")
        .agg(count(lit(1)), sum(col(GONE).cast("bigint")))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row));
    long all = 0;
    for (String dataset : datasets) {
      Row row = counts.get(dataset);
      if (row == null) {
        throw new UserException(
            "%s has no rows of dataset %s: %s"
                .formatted(
                    warehouse.identifier(SELECTIONS),
                    dataset,
                    new ImageLabelling(warehouse).whyNone().orElseGet(() -> notSelected(dataset))));
      }
      if (row.getLong(2) > 0) {
        throw new UserException(
            "%,d rows of %s (dataset %s) name images that no longer have a slice or labels: run select-slices"
                .formatted(row.getLong(2), warehouse.identifier(SELECTIONS), dataset));
      }
      all += row.getLong(1);
    }
    return all;
  }

  private static String notSelected(String dataset) {
    return "run select-slices with it in select.datasets; if that was done, no middle slice fits datasets.%s.images, so leave it out of tensors.datasets"
        .formatted(dataset);
  }

  /** Sets the moments for standardisation. They may be known only after the rows. */
  static Dataset<Row> standardised(Dataset<Row> wanted, @Nullable String moments) {
    return wanted.withColumn("standardised", lit(moments).cast("string"));
  }

  private static Dataset<Row> slices(Warehouse warehouse) {
    return warehouse
        .read(SLICES_TABLE)
        .select(
            struct(
                    col("image_id"),
                    col("frame"),
                    col("uri"),
                    col("member"),
                    col("byte_offset"),
                    col("stored_bytes"),
                    col("size_bytes"),
                    col("deflated"),
                    col("object_version"),
                    col("content_hash"),
                    col("repairs"))
                .as(OWN));
  }

  private static Dataset<Row> slice(Dataset<Row> slices, String key, String name) {
    return slices.select(col(OWN + ".image_id").as(key), col(OWN).as(name));
  }

  private static Dataset<Row> beside(Dataset<Row> joined, Dataset<Row> slices, String name) {
    String key = name + "_image_id";
    return joined.join(slice(slices, key, name), column(key), "left");
  }

  private static Column goneBeside(String name) {
    return col(name + "_image_id").isNotNull().and(col(name).isNull());
  }

  private static Dataset<Row> labels(Warehouse warehouse) {
    List<Column> columns = new ArrayList<>(List.of(col("image_id")));
    Subtype.ALL.forEach(subtype -> columns.add(col(subtype.column())));
    return new ImageLabelling(warehouse).rows().select(columns.toArray(Column[]::new));
  }

  private static List<Column> columns(TensorsConfig config, List<String> places) {
    List<Column> columns = new ArrayList<>();
    for (String name :
        List.of("dataset", "image_id", "patient_id", "series_id", "position", "split", "copies")) {
      columns.add(col(name));
    }
    Subtype.ALL.forEach(subtype -> columns.add(col(subtype.column())));
    // At an end of the series the slice replaces its missing neighbour.
    List<Column> shown = places.stream().map(place -> coalesce(col(place), col(OWN))).toList();
    columns.add(recipe(config, shown).as("recipe"));
    columns.add(lit(null).cast("string").as("standardised"));
    columns.add(
        list(shown, s -> concat(s.getField("size_bytes"), lit("@"), s.getField("object_version")))
            .as("source"));
    columns.add(list(shown, s -> s.getField("content_hash")).as("content_hash"));
    columns.add(array(shown.toArray(Column[]::new)).as(SLICES));
    return columns;
  }

  /**
   * Returns the recipe's text, and the repairs of these slices that it must name. A row of an
   * earlier release does not name them, so it is built again.
   */
  private static Column recipe(TensorsConfig config, List<Column> shown) {
    Column named =
        array(Repair.NAMED_IN_RECIPES.stream().map(r -> lit(r.name())).toArray(Column[]::new));
    Column repairs =
        array_sort(
            array_distinct(
                flatten(
                    array(
                        shown.stream()
                            .map(slice -> array_intersect(slice.getField("repairs"), named))
                            .toArray(Column[]::new)))));
    Column text = lit(config.recipeText());
    return when(
            size(repairs).gt(0),
            concat(text, lit(TensorsConfig.REPAIRED), array_join(repairs, ",")))
        .otherwise(text);
  }

  private interface Part {
    Column of(Column slice);
  }

  /** Joins the texts of the slices with commas. The result is null if any text is null. */
  private static Column list(List<Column> slices, Part part) {
    List<Column> texts = new ArrayList<>();
    for (Column slice : slices) {
      if (!texts.isEmpty()) {
        texts.add(lit(","));
      }
      texts.add(part.of(slice));
    }
    return concat(texts.toArray(Column[]::new));
  }

  private static String[] column(String name) {
    return new String[] {name};
  }
}
