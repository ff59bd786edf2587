package org.headct.ich.jobs.explore;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.TensorsConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.jobs.table.TensorsTable.Form;
import org.headct.ich.jobs.table.Warehouse;
import org.jspecify.annotations.Nullable;

/** The datasets in {@code ich.tensors}; empty if the table does not exist. */
record TensorDatasets(List<Group> groups) {
  private static final TensorsTable TENSORS = new TensorsTable();

  /** The number of tensors of one dataset and form. */
  record Group(String dataset, Form form, long tensors) {}

  static TensorDatasets of(Warehouse warehouse) {
    if (!warehouse.exists(TENSORS)) {
      return new TensorDatasets(List.of());
    }
    return new TensorDatasets(
        warehouse
            .read(TENSORS)
            .withColumn("recipe", regexp_replace(col("recipe"), TensorsConfig.REPAIRS, ""))
            .groupBy(
                "dataset",
                "channels",
                "height",
                "width",
                "windows",
                "value_type",
                "standardised",
                "recipe")
            .count()
            .orderBy(col("dataset"), col("count").desc())
            .collectAsList()
            .stream()
            .map(TensorDatasets::group)
            .toList());
  }

  private static Group group(Row row) {
    return new Group(row.getAs("dataset"), TensorsTable.form(row), row.<Long>getAs("count"));
  }

  /** Returns the names of the datasets, sorted. */
  List<String> names() {
    return groups.stream().map(Group::dataset).distinct().sorted().toList();
  }

  List<Group> of(String dataset) {
    return groups.stream().filter(group -> group.dataset().equals(dataset)).toList();
  }

  long tensors(String dataset) {
    return of(dataset).stream().mapToLong(Group::tensors).sum();
  }

  /** Returns the first listed dataset that exists, otherwise the first by name. */
  Optional<String> preferred(List<String> listed) {
    List<String> names = names();
    return listed.stream().filter(names::contains).findFirst().or(() -> names.stream().findFirst());
  }

  /**
   * Returns the dataset asked for, or the preferred one.
   *
   * @throws UserException if {@code ich.tensors} does not hold the dataset, or holds none
   */
  String chosen(@Nullable String asked, List<String> listed) {
    String preferred =
        preferred(listed)
            .orElseThrow(
                () -> new UserException("ich.tensors holds no tensors: run build-tensors first"));
    if (asked == null) {
      return preferred;
    }
    if (!names().contains(asked)) {
      throw new UserException(
          "--dataset %s: ich.tensors does not hold it; name one of %s, or build it with build-tensors"
              .formatted(asked, names().stream().collect(Collectors.joining(", "))));
    }
    return asked;
  }
}
