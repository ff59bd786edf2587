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

/** The submission file of a scored dump, in the competition's format. */
final class SubmissionFile {
  private SubmissionFile() {}

  static String name(ScoringModel model, String dump) {
    return "submission-%s-%s.csv".formatted(model.run(), dump);
  }

  /**
   * Writes the file if the model has all six outputs, and reports whether it did.
   *
   * @param rows {@link ScoredRows}; rows without scores have no line
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
          "none: it needs six outputs (train.head = all), run %s has %d"
              .formatted(model.run(), model.outputs().size()));
      return;
    }
    Dataset<Row> ordered =
        rows.where(ScoredRows.isScored())
            .select(ScoredRows.IMAGE, ScoredRows.SCORES)
            .orderBy(ScoredRows.IMAGE);
    report.file("submission", reports.save(name(model, dump), out -> write(ordered, out)));
  }

  /** Writes the lines. The driver holds one partition at a time. */
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
