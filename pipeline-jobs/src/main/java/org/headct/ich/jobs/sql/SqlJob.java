package org.headct.ich.jobs.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.Changes;
import org.headct.ich.jobs.query.QueryFailure;
import org.headct.ich.jobs.query.Statements;
import org.headct.ich.jobs.query.Statements.Statement;
import org.headct.ich.jobs.query.Views;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Spark SQL over the tables: one query, a file, or a shell. */
@Command(
    name = "sql",
    header = "Runs Spark SQL: a query, a file, or a shell.",
    footer = {
      "Reads:   the tables and views that the statements name: ich.labels, or just labels;",
      "         views: prevalence, co_occurrence, positives_by_position, series_lengths, geometry,",
      "         scanners, dump, findings, label_reasons, slice_reasons, splits, leakage, contact_sheet,",
      "         snapshots; DESCRIBE shows their columns",
      "Writes:  rows to standard output; tables only if a statement does",
      "Example: ich sql -e 'SELECT any, count(*) FROM ich.labels GROUP BY any' --format csv",
      "         ich sql -e 'DESCRIBE prevalence; SELECT * FROM prevalence'",
      "         ich sql --changes labels -e 'SELECT change, count(*) FROM changes GROUP BY change'",
      "         ich sql --views > views.sql"
    })
public final class SqlJob implements Job {
  /** The source of the statements; without options, standard input. */
  static final class Source {
    @Option(
        names = {"-e", "--execute"},
        paramLabel = "QUERY",
        description = "Statements to run, separated by ;.")
    @Nullable String query;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "File of statements, separated by ;.")
    @Nullable Path file;

    @Option(
        names = "--views",
        description = "Prints the views as statements for another Spark: spark-sql -i FILE.")
    boolean views;
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

  @Option(
      names = "--changes",
      paramLabel = "TABLE[:FROM[:TO]]",
      description =
          "Creates a view named changes: the rows added and removed between two snapshots (ids or"
              + " tags). Default: from the last snapshot with other rows to the current one.")
  @Nullable String changes;

  private final Function<Collection<String>, LineReader> standardInput;

  public SqlJob() {
    this(names -> System.console() == null ? LineReader.ofPipe() : TypedLines.ofTerminal(names));
  }

  /**
   * Creates the job.
   *
   * @param standardInput opens the shell's lines, given the names that a terminal completes
   */
  SqlJob(Function<Collection<String>, LineReader> standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public List<String> keys() {
    return List.of("warehouse.path", "catalog");
  }

  @Override
  public void check(Settings settings) {
    statements();
  }

  @Override
  public JobPlan plan(JobContext context) {
    if (changes != null) {
      Changes.of(context.warehouse(), changes);
    }
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
    JobReport.Builder report = context.report(this);
    context.progress().step("sql");
    useTables(context);
    Views views = new Views(context.spark(), context.warehouse(), context.places());
    if (source != null && source.views) {
      views.statements().forEach(context.console()::println);
      return report.done("the views are printed");
    }
    if (changes != null) {
      Changes.of(context.warehouse(), changes).createView(context.spark());
    }
    long rows = source == null ? shell(context, views) : script(context, views);
    return report.done("%,d rows".formatted(rows));
  }

  /** Makes {@code labels} mean {@code ich.labels}. */
  private static void useTables(JobContext context) {
    var catalogs = context.spark().sessionState().catalogManager();
    catalogs.setCurrentCatalog(Warehouse.CATALOG);
    String namespace = context.places().namespace();
    catalogs.setCurrentNamespace(namespace.isEmpty() ? new String[0] : namespace.split("\\."));
  }

  private long script(JobContext context, Views views) {
    long rows = 0;
    for (Statement statement : statements()) {
      try {
        rows += execute(context, views, statement.text());
      } catch (RuntimeException e) {
        throw located(statement, e);
      }
    }
    return rows;
  }

  private long shell(JobContext context, Views views) {
    try (LineReader lines = standardInput.apply(names(context.warehouse()))) {
      return new Shell(lines, statement -> execute(context, views, statement)).run();
    }
  }

  /** Returns the names that a statement can hold: tables that exist, their columns, and views. */
  private static Set<String> names(Warehouse warehouse) {
    Set<String> names = new TreeSet<>(Views.names());
    for (TableDefinition<?> table : warehouse.there()) {
      names.add(table.name());
      names.add(warehouse.identifier(table));
      names.addAll(List.of(table.schema().fieldNames()));
    }
    return names;
  }

  private long execute(JobContext context, Views views, String statement) {
    try {
      views.prepare(statement);
      Dataset<Row> result = context.spark().sql(statement);
      // Commands such as USE have already run, and have no columns.
      return result.schema().isEmpty() ? 0 : format.write(result, context.console());
    } catch (Exception e) {
      throw new QueryFailure(context.warehouse()).explain(e);
    }
  }

  /** Returns the statements of the command line; none for the shell. */
  private List<Statement> statements() {
    Source from = source;
    if (from == null || from.views) {
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

  /** Adds the file and line of the wrong statement to the message. */
  private RuntimeException located(Statement statement, RuntimeException e) {
    Path file = source == null ? null : source.file;
    return file == null || !(e instanceof UserException)
        ? e
        : new UserException("%s:%d: %s".formatted(file, statement.line(), e.getMessage()), e);
  }
}
