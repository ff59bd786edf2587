package org.headct.ich.jobs.explore;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.headct.ich.domain.config.ExploreConfig;
import org.headct.ich.domain.config.Settings;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.explore.ReportRows.Dump;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.Job;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.pages.ContactSlice;
import org.headct.ich.pages.ExplorePage;
import org.headct.ich.pages.ExploreReport;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.QueryResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that writes a page about the data: labels, series, findings, scanners, splits and
 * some slices.
 */
@Command(
    name = "explore",
    header = "Writes a page of figures about the tables.",
    footer = {
      "Reads:   ich.labels, ich.label_findings, ich.slices, ich.slice_findings, ich.selections,",
      "         ich.tensors: those that exist",
      "Writes:  reports.path/explore.html; with --tensors reports.path/tensors.html:",
      "         slices of each class, channel by channel;",
      "         with --experiments reports.path/experiments.html: all runs under models.path,",
      "         beside published results",
      "Example: ich explore --set explore.pictures=24",
      "         ich explore --tensors 60 --dataset multilabel",
      "         ich explore --experiments"
    })
public final class ExploreJob implements Job {
  private static final String PAGE = "explore.html";

  @ArgGroup(exclusive = false)
  @Nullable TensorSheet sheet;

  @Option(
      names = "--experiments",
      description = "Writes a page of all runs under models.path beside published results instead.")
  boolean experiments;

  /** Returns the job that writes the experiments page, for the command that runs experiments. */
  public static ExploreJob ofExperiments() {
    ExploreJob job = new ExploreJob();
    job.experiments = true;
    return job;
  }

  @Override
  public String name() {
    return "explore";
  }

  @Override
  public List<String> keys() {
    return List.of("explore");
  }

  @Override
  public void check(Settings settings) {
    if (experiments && sheet != null) {
      throw new UserException(
          "--experiments and --tensors write different pages: give only one of them");
    }
    ExploreConfig.from(settings);
  }

  @Override
  public JobPlan plan(JobContext context) {
    check(context.settings());
    if (experiments) {
      return RunSheet.plan(context);
    }
    if (sheet != null) {
      return sheet.plan(context);
    }
    Warehouse warehouse = context.warehouse();
    List<String> there =
        asked().stream().filter(warehouse::exists).map(warehouse::identifier).toList();
    if (there.isEmpty()) {
      throw new UserException(
          "nothing to explore: warehouse.path = %s has no table; run reshape-labels or audit-dicom first"
              .formatted(context.places().warehouse()));
    }
    return new JobPlan(there, List.of(context.places().reports() + "/" + PAGE));
  }

  @Override
  public JobReport run(JobContext context) {
    plan(context);
    JobReport.Builder report = context.report(this);
    context.progress().step("explore");
    if (experiments) {
      return RunSheet.run(context, report);
    }
    if (sheet != null) {
      return sheet.run(context, report);
    }
    ExploreReport answers = ask(context);
    String path = context.reports().save(PAGE, ExplorePage.render(answers));
    KeyFigures.list(report, answers.dataset().facts());
    return report.file("page", path).done("the page is written");
  }

  private static ExploreReport ask(JobContext context) {
    ExploreAnswers answers = new ExploreAnswers(context);
    QueryResult<LabelCount> labels = answers.to(Question.PREVALENCE, ReportRows::label);
    QueryResult<Dump> dump = answers.to(Question.DUMP, ReportRows::dump);
    return new ExploreReport(
        new ExploreReport.Dataset(
            context.places().warehouse(),
            CodeVersion.current(),
            Instant.now(),
            KeyFigures.of(context.warehouse(), asked(), labels, dump)),
        KeyFigures.origin(dump),
        labels,
        answers.to(Question.CO_OCCURRENCE, ReportRows::pair),
        answers.to(Question.SERIES_LENGTHS, ReportRows::seriesLength),
        answers.to(Question.POSITIVES_BY_POSITION, ReportRows::position),
        answers.to(Question.GEOMETRY, ReportRows::measure),
        answers.to(Question.LABEL_REASONS, ReportRows::finding),
        answers.to(Question.SLICE_REASONS, ReportRows::finding),
        answers.to(Question.SCANNERS, ReportRows::pixelDescription),
        answers.to(Question.SPLITS, ReportRows::split),
        answers.to(Question.LEAKAGE, ReportRows::leak),
        contactSheet(context, answers),
        answers.to(Question.SNAPSHOTS, ReportRows::publication));
  }

  private static QueryResult<ContactSlice> contactSheet(
      JobContext context, ExploreAnswers answers) {
    List<String> listed = context.settings().texts("tensors.datasets");
    return ContactSheet.of(
        context,
        answers,
        TensorDatasets.of(context.warehouse()).preferred(listed).orElse(""),
        ExploreConfig.from(context.settings()).pictures());
  }

  /** Returns the tables that the questions read, except the snapshots question, which reads all. */
  private static List<TableDefinition<?>> asked() {
    Set<String> names = new HashSet<>();
    return Arrays.stream(Question.values())
        .filter(question -> question != Question.SNAPSHOTS)
        .flatMap(question -> question.tables().stream())
        .filter(table -> names.add(table.name()))
        .toList();
  }
}
