package org.headct.ich.jobs.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.common.error.UserException;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.sql.Statements.Statement;
import org.headct.ich.jobs.table.Warehouse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Spark SQL over the tables: one query, a file, or a shell. */
@Command(
    name = "sql",
    description = "Runs Spark SQL over the tables: a query, a file, or a shell that reads lines.",
    footer = {
      "Reads:   the tables that the statements name: ich.labels, or labels alone",
      "Writes:  rows to standard output; tables only where a statement says so",
      "Example: ich sql -e 'SELECT any, count(*) FROM ich.labels GROUP BY any' --format csv"
    })
public final class SqlJob implements Job {
  /** Where the statements come from; none: standard input. */
  static final class Source {
    @Option(
        names = {"-e", "--execute"},
        paramLabel = "QUERY",
        description = "Statements to run, with ; between them.")
    @Nullable String query;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "File of statements, with ; between them.")
    @Nullable Path file;
  }

  @ArgGroup(multiplicity = "0..1")
  @Nullable Source source;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = ResultFormat.Converter.class,
      description = "table (at most 1,000 rows), csv or json (one object a line).")
  ResultFormat format = ResultFormat.TABLE;

  private final Supplier<Lines> standardInput;

  public SqlJob() {
    this(Lines::ofStandardInput);
  }

  SqlJob(Supplier<Lines> standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public JobPlan plan(JobContext context) {
    List<Statement> statements = statements();
    for (Statement statement : statements) {
      try {
        context.spark().sessionState().sqlParser().parsePlan(statement.text());
      } catch (Exception e) {
        throw located(statement, new QueryFailure(context.warehouse()).explain(e));
      }
    }
    return new JobPlan(statements.stream().map(Statement::text).toList(), List.of());
  }

  @Override
  public JobReport run(JobContext context) {
    JobReport.Builder report = JobReport.of(this, context);
    context.progress().step("sql");
    useTables(context);
    return report.done("%,d rows".formatted(source == null ? shell(context) : script(context)));
  }

  /** Makes {@code labels} mean {@code ich.labels}. */
  private static void useTables(JobContext context) {
    var catalogs = context.spark().sessionState().catalogManager();
    catalogs.setCurrentCatalog(Warehouse.CATALOG);
    String namespace = context.places().namespace();
    catalogs.setCurrentNamespace(namespace.isEmpty() ? new String[0] : namespace.split("\\."));
  }

  private long script(JobContext context) {
    long rows = 0;
    for (Statement statement : statements()) {
      try {
        rows += execute(context, statement.text());
      } catch (RuntimeException e) {
        throw located(statement, e);
      }
    }
    return rows;
  }

  private long shell(JobContext context) {
    return new Shell(standardInput.get(), statement -> execute(context, statement)).run();
  }

  private long execute(JobContext context, String statement) {
    try {
      Dataset<Row> result = context.spark().sql(statement);
      // Commands such as USE have run by now and give no columns.
      return result.schema().isEmpty() ? 0 : format.write(result, context.console());
    } catch (Exception e) {
      throw new QueryFailure(context.warehouse()).explain(e);
    }
  }

  /** The statements of the command line; none for the shell. */
  private List<Statement> statements() {
    Source from = source;
    if (from == null) {
      return List.of();
    }
    List<Statement> statements =
        Statements.of(from.query == null ? read(from.file) : from.query).all();
    if (statements.isEmpty()) {
      throw new UserException("there is no statement in " + (from.file == null ? "-e" : from.file));
    }
    return statements;
  }

  private static String read(@Nullable Path file) {
    try {
      return Files.readString(Objects.requireNonNull(file));
    } catch (NoSuchFileException e) {
      throw new UserException("-f: no file " + file + ": name a file of SQL statements", e);
    } catch (IOException e) {
      throw new UserException("-f: cannot read %s as UTF-8 text (%s)".formatted(file, e), e);
    }
  }

  /** Says in which file and line the wrong statement begins. */
  private RuntimeException located(Statement statement, RuntimeException e) {
    Path file = source == null ? null : source.file;
    return file == null || !(e instanceof UserException)
        ? e
        : new UserException("%s:%d: %s".formatted(file, statement.line(), e.getMessage()), e);
  }
}
