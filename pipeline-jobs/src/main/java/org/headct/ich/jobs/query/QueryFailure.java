package org.headct.ich.jobs.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Tables;
import org.headct.ich.jobs.table.Warehouse;

/** The distinction between a wrong query, which one line explains, and a failure of the system. */
public final class QueryFailure {
  /** The position at the end of the line, as the parser or the analyzer writes it. */
  private static final Pattern POSITION =
      Pattern.compile("[.\\s]*[;(]\\s*line (\\d+),? pos (\\d+)[;)]*$");

  private final Warehouse warehouse;

  public QueryFailure(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns a {@link UserException} if the query is wrong, else the failure itself.
   *
   * @param e the exception of {@code SparkSession.sql} or of reading its rows; Scala throws checked
   *     exceptions without declaring them
   */
  public RuntimeException explain(Exception e) {
    if (e instanceof UserException mistake) {
      return mistake;
    }
    if (e instanceof AnalysisException analysis) {
      return missingTable(analysis)
          .orElseGet(
              () -> new UserException(firstLine(String.valueOf(analysis.getMessage())), analysis));
    }
    if (e instanceof ValidationException || e instanceof IllegalArgumentException) {
      return new UserException(firstLine(String.valueOf(e.getMessage())), e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known && blamesQuery(known)) {
        return new UserException(firstLine(String.valueOf(cause.getMessage())), e);
      }
    }
    return e instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("the query failed", e);
  }

  /**
   * Returns whether the query is to blame. Errors of values, such as CAST_INVALID_INPUT, have an
   * error class; failures of files and tasks have none.
   */
  private static boolean blamesQuery(SparkThrowable error) {
    String kind = error.getErrorClass();
    return kind != null
        && !error.isInternalError()
        && !kind.startsWith("_LEGACY")
        && !kind.contains("FAILED");
  }

  private Optional<UserException> missingTable(AnalysisException e) {
    Map<String, String> parameters = e.getMessageParameters();
    String relation = parameters.getOrDefault("relationName", "").replace("`", "");
    String name = relation.substring(relation.lastIndexOf('.') + 1);
    List<TableDefinition<?>> tables =
        Tables.named(name)
            .<List<TableDefinition<?>>>map(List::of)
            .or(() -> Views.named(relation).map(Question::tables))
            .orElse(List.of());
    try {
      tables.forEach(warehouse::require);
      return Optional.empty();
    } catch (UserException missing) {
      return Optional.of(missing);
    }
  }

  /** Returns the first line. Spark's messages continue with the query and its plan. */
  private static String firstLine(String message) {
    String line = message.lines().filter(l -> !l.isBlank()).findFirst().orElse(message).strip();
    return POSITION.matcher(line).replaceFirst(" (line $1, position $2)");
  }
}
