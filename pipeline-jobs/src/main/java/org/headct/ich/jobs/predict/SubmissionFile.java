package org.headct.ich.jobs.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.label.Submission;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.ReportStore;

/** The competition's file of a scored dump. */
final class SubmissionFile {
  private SubmissionFile() {}

  static String name(ScoringModel model, String dump) {
    return "submission-%s-%s.csv".formatted(model.run(), dump);
  }

  /**
   * Writes it if the model says all that it asks, and reports it either way.
   *
   * @param rows {@link ScoredRows}; those without scores have no line
   */
  static void write(
      ReportStore reports,
      ScoringModel model,
      String dump,
      Dataset<Row> rows,
      JobReport.Builder report) {
    if (!Submission.isPossible(model.outputs())) {
      report.fact(
          "submission",
          "none: it wants six outputs (train.head = all), and run %s has %d"
              .formatted(model.run(), model.outputs().size()));
      return;
    }
    Dataset<Row> ordered =
        rows.where(ScoredRows.isScored())
            .select(ScoredRows.IMAGE, ScoredRows.SCORES)
            .orderBy(ScoredRows.IMAGE);
    report.file("submission", reports.save(name(model, dump), out -> write(ordered, out)));
  }

  /** One partition after the other is on the driver, and never all. */
  private static void write(Dataset<Row> ordered, OutputStream out) throws IOException {
    out.write(Submission.HEADER.getBytes(StandardCharsets.UTF_8));
    Iterator<Row> rows = ordered.toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      String lines = Submission.lines(row.getString(0), row.getList(1));
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
  }
}
