package org.headct.ich.jobs.explore;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.pages.QueryResult;

/**
 * The runner of the questions. If a table is missing, the answer is empty and names the command
 * that fills it.
 */
final class ExploreAnswers {
  private final JobContext context;
  private final List<TableDefinition<?>> there;

  ExploreAnswers(JobContext context) {
    this.context = context;
    this.there = context.warehouse().there();
  }

  /** Returns all rows of an answer; meant for questions whose answers are counts. */
  <T> QueryResult<T> to(Question question, Function<Row, T> mapping) {
    return answer(question, "", UnaryOperator.identity(), mapping);
  }

  /** Returns the first rows of one dataset, for a question that answers for all datasets. */
  <T> QueryResult<T> ofDataset(
      Question question, String dataset, int most, Function<Row, T> mapping) {
    return answer(
        question,
        "-- The page shows the first %d rows of dataset = '%s'.\n".formatted(most, dataset),
        rows -> rows.where(functions.col("dataset").equalTo(dataset)).limit(most),
        mapping);
  }

  private <T> QueryResult<T> answer(
      Question question,
      String comment,
      UnaryOperator<Dataset<Row>> part,
      Function<Row, T> mapping) {
    String sql = question.sql(context.places(), there);
    List<TableDefinition<?>> missing = question.missing(there);
    if (!missing.isEmpty()) {
      String remedy = missing.stream().map(this::remedy).collect(Collectors.joining("\n"));
      return new QueryResult<>(remedy + "\n" + sql, List.of());
    }
    List<T> rows =
        part.apply(context.spark().sql(sql)).collectAsList().stream().map(mapping).toList();
    return new QueryResult<>(comment + sql, rows);
  }

  private String remedy(TableDefinition<?> table) {
    return "-- %s does not exist yet: run %s."
        .formatted(context.warehouse().identifier(table), table.filledBy());
  }
}
