package org.headct.ich.jobs.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.WarehouseConfig;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;

/**
 * The questions as temporary views, because Iceberg's Hadoop catalog has no permanent views. A
 * session creates a view when a statement first names it, so that unused views cost nothing.
 */
public final class Views {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final WarehouseConfig places;
  private final Map<Question, String> made = new HashMap<>();

  public Views(SparkSession spark, Warehouse warehouse, WarehouseConfig places) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.places = places;
  }

  /** Returns the names of all views. */
  public static List<String> names() {
    return Stream.of(Question.values()).map(Question::view).toList();
  }

  /** Returns the question of a view; empty if there is none. */
  static Optional<Question> named(String view) {
    for (Question question : Question.values()) {
      if (question.view().equalsIgnoreCase(view)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  /** Creates the views that a statement may name, if their tables exist. */
  public void prepare(String statement) {
    Set<String> words = new HashSet<>();
    Statements.words(statement).forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    List<Question> named =
        Stream.of(Question.values()).filter(one -> words.contains(one.view())).toList();
    List<TableDefinition<?>> there = named.isEmpty() ? List.of() : warehouse.there();
    for (Question question : named) {
      if (question.missing(there).isEmpty()) {
        String view = statement(question, there);
        if (!view.equals(made.put(question, view))) {
          spark.sql(view);
        }
      }
    }
  }

  /**
   * Returns statements that create the views in any Spark with the catalog, each with a semicolon.
   * A view that lacks a table becomes a comment with the remedy.
   */
  public List<String> statements() {
    List<TableDefinition<?>> there = warehouse.there();
    List<String> statements = new ArrayList<>();
    for (Question question : Question.values()) {
      List<TableDefinition<?>> missing = question.missing(there);
      statements.add(
          missing.isEmpty()
              ? statement(question, there) + ";"
              : "-- %s lacks %s: run %s."
                  .formatted(question.view(), names(missing), remedy(missing)));
    }
    return statements;
  }

  private String names(List<TableDefinition<?>> tables) {
    return tables.stream().map(warehouse::identifier).collect(Collectors.joining(", "));
  }

  private static String remedy(List<TableDefinition<?>> tables) {
    return tables.stream()
        .map(TableDefinition::filledBy)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String statement(Question question, List<TableDefinition<?>> there) {
    SqlHeader header = question.header();
    String columns =
        header.columns().entrySet().stream()
            .map(
                column -> "  `%s` COMMENT %s".formatted(column.getKey(), quoted(column.getValue())))
            .collect(Collectors.joining(",\n"));
    return "CREATE OR REPLACE TEMPORARY VIEW %s (\n%s)\nCOMMENT %s AS\n%s"
        .formatted(
            question.view(),
            columns,
            quoted(header.about()),
            SqlHeader.of(question.sql(places, there)).query());
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
