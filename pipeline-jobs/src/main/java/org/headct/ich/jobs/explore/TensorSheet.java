package org.headct.ich.jobs.explore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.query.Question;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.JobPlan;
import org.headct.ich.jobs.table.TensorsTable;
import org.headct.ich.pages.ContactSlice;
import org.headct.ich.pages.ExploreReport;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.TensorsPage;
import org.headct.ich.pages.TensorsReport;
import org.headct.ich.pages.element.Facts.Fact;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The page of slices, {@code explore --tensors}, and its options. */
final class TensorSheet {
  private static final String PAGE = "tensors.html";
  private static final TensorsTable TENSORS = new TensorsTable();

  /** The most slices of a page. Their pictures are inside the page and take about 100 MB. */
  private static final int MOST = 500;

  @Option(
      names = "--tensors",
      paramLabel = "N",
      required = true,
      description = "Writes a page of N slices of ich.tensors instead, 1 to 500.")
  int slices;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Dataset of the slices; default: the first of tensors.datasets that exists.")
  @Nullable String dataset;

  JobPlan plan(JobContext context) {
    if (slices < 1 || slices > MOST) {
      throw new UserException(
          "--tensors must be in [1, %d], got %d: it is the number of slices on the page"
              .formatted(MOST, slices));
    }
    context.warehouse().require(TENSORS);
    chosen(context, TensorDatasets.of(context.warehouse()));
    return new JobPlan(
        List.of(context.warehouse().identifier(TENSORS)),
        List.of(context.places().reports() + "/" + PAGE));
  }

  JobReport run(JobContext context, JobReport.Builder report) {
    TensorsReport answers = ask(context);
    String path = context.reports().save(PAGE, TensorsPage.render(answers));
    KeyFigures.list(report, answers.dataset().facts());
    return report.file("page", path).done("the page of slices is written");
  }

  private TensorsReport ask(JobContext context) {
    ExploreAnswers answers = new ExploreAnswers(context);
    TensorDatasets datasets = TensorDatasets.of(context.warehouse());
    String name = chosen(context, datasets);
    QueryResult<ContactSlice> shown = ContactSheet.of(context, answers, name, slices);
    List<Fact> facts = new ArrayList<>(TensorFacts.of(datasets, name, shown.rows().size()));
    facts.add(KeyFigures.table(context.warehouse(), TENSORS));
    return new TensorsReport(
        new ExploreReport.Dataset(name, CodeVersion.current(), Instant.now(), facts),
        KeyFigures.origin(answers.to(Question.DUMP, ReportRows::dump)),
        TensorFacts.channels(datasets, name),
        shown);
  }

  private String chosen(JobContext context, TensorDatasets datasets) {
    return datasets.chosen(dataset, context.settings().texts("tensors.datasets"));
  }
}
