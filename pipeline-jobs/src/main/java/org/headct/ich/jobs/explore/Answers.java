package org.headct.ich.jobs.explore;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.headct.ich.jobs.page.Queried;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TableDefinition;

/**
 * Runs the questions; where a table is not there yet, the answer is empty and says what fills it.
 */
final class Answers {
  private final JobContext context;

  Answers(JobContext context) {
    this.context = context;
  }

  /** All rows: for questions whose answers are counts. */
  <T> Queried<T> to(Question question, Function<Row, T> mapping) {
    return first(question, Integer.MAX_VALUE, mapping);
  }

  /** The first rows. */
  <T> Queried<T> first(Question question, int most, Function<Row, T> mapping) {
    String sql = question.sql(context.places());
    List<TableDefinition<?>> missing =
        question.tables().stream().filter(table -> !context.warehouse().exists(table)).toList();
    if (!missing.isEmpty()) {
      String remedy = missing.stream().map(this::remedy).collect(Collectors.joining("\n"));
      return new Queried<>(remedy + "\n" + sql, List.of());
    }
    List<T> rows =
        context.spark().sql(sql).limit(most).collectAsList().stream().map(mapping).toList();
    return new Queried<>(sql, rows);
  }

  private String remedy(TableDefinition<?> table) {
    return "-- %s is not there yet: run %s."
        .formatted(context.warehouse().identifier(table), table.filledBy());
  }
}
