package org.headct.ich.jobs.explore;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.QueryFailure;
import org.headct.ich.jobs.query.SqlHeader;
import org.headct.ich.jobs.query.Statements;
import org.headct.ich.jobs.query.Statements.Statement;
import org.headct.ich.jobs.query.Views;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.pages.ExploreReport.OwnAnswer;

/** The user's own files of SQL: each a query whose rows stand on the page. */
final class OwnQueries {
  private final JobContext context;
  private final Views views;
  private final QueryFailure failure;

  OwnQueries(JobContext context) {
    this.context = context;
    this.views = new Views(context.spark(), context.warehouse(), context.places());
    this.failure = new QueryFailure(context.warehouse());
  }

  /**
   * A file that was read.
   *
   * @param file its path
   * @param name without the ending
   */
  private record Query(String file, String name, SqlHeader header, Statement statement) {}

  /**
   * Looks at the files of the folder without running them.
   *
   * @throws UserException naming file and line, if one is not a single query
   */
  void check(String folder) {
    read(folder).forEach(this::parse);
  }

  /**
   * Runs the files of the folder, in the order of their names.
   *
   * @throws UserException naming file and line, if one is wrong
   */
  List<OwnAnswer> answers(String folder) {
    return read(folder).stream().map(this::answer).toList();
  }

  private OwnAnswer answer(Query query) {
    parse(query);
    try {
      views.prepare(query.statement().text());
      return OwnRows.of(
          query.name(), query.header(), context.spark().sql(query.statement().text()));
    } catch (Exception e) {
      throw located(query, failure.explain(e));
    }
  }

  private void parse(Query query) {
    LogicalPlan plan;
    try {
      plan = context.spark().sessionState().sqlParser().parsePlan(query.statement().text());
    } catch (Exception e) {
      throw located(query, failure.explain(e));
    }
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      throw located(
          query,
          new UserException("explore only asks: give a query here, and run the rest by ich sql"));
    }
  }

  private static RuntimeException located(Query query, RuntimeException e) {
    return e instanceof UserException
        ? new UserException(
            "%s:%d: %s".formatted(query.file(), query.statement().line(), e.getMessage()), e)
        : e;
  }

  private List<Query> read(String folder) {
    Path path = new Path(folder);
    try {
      FileSystem files = path.getFileSystem(context.hadoop());
      List<Query> queries = new ArrayList<>();
      for (FileStatus file : sorted(files.listStatus(path))) {
        if (file.isFile() && file.getPath().getName().endsWith(".sql")) {
          queries.add(query(folder, file.getPath(), text(files, file.getPath())));
        }
      }
      if (queries.isEmpty()) {
        throw new UserException(
            "explore.queries: no file *.sql in %s: put queries there, or leave the key empty"
                .formatted(folder));
      }
      return queries;
    } catch (FileNotFoundException e) {
      throw new UserException("explore.queries: no folder %s".formatted(folder), e);
    } catch (IOException e) {
      throw new UserException("explore.queries: cannot read %s (%s)".formatted(folder, e), e);
    }
  }

  private static FileStatus[] sorted(FileStatus[] files) {
    Arrays.sort(files);
    return files;
  }

  private static String text(FileSystem files, Path file) throws IOException {
    try (var in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Query query(String folder, Path file, String text) {
    String name = file.getName();
    String shown = folder + "/" + name;
    List<Statement> statements = Statements.of(text).all();
    if (statements.size() != 1) {
      throw new UserException(
          "%s:%d: a file holds one query, this one %d"
              .formatted(
                  shown, statements.size() < 2 ? 1 : statements.get(1).line(), statements.size()));
    }
    return new Query(
        shown,
        name.substring(0, name.length() - ".sql".length()),
        SqlHeader.of(text),
        statements.get(0));
  }
}
