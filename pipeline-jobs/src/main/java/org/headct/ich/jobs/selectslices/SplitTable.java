package org.headct.ich.jobs.selectslices;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.sample.Split;
import org.headct.ich.jobs.report.ReportTable;
import org.headct.ich.jobs.report.ReportTable.Line;
import org.headct.ich.jobs.selectslices.DatasetRows.Example;
import org.headct.ich.jobs.selectslices.MiddleOfSeries.Middle;

/** Report table of a dataset: patients, series, images and classes of each part. */
final class SplitTable {
  private SplitTable() {}

  /**
   * Counts the examples of a dataset. The class columns count images, not copies.
   *
   * @param resampled whether the table has a column for copies
   */
  static ReportTable of(String dataset, List<Example> examples, boolean resampled) {
    List<String> header = new ArrayList<>(List.of("part", "patients", "series", "images"));
    if (resampled) {
      header.add("examples");
    }
    header.add("no haemorrhage");
    header.add(Subtype.ANY.column());
    Subtype.FIVE.forEach(subtype -> header.add(subtype.column()));
    List<Line> rows = new ArrayList<>();
    for (Split split : Split.values()) {
      List<Example> part = examples.stream().filter(e -> e.split() == split).toList();
      rows.add(new Line(split.column(), counts(part, resampled)));
    }
    rows.add(new Line("total", counts(examples, resampled)));
    return new ReportTable(dataset, header, rows);
  }

  private static List<Long> counts(List<Example> part, boolean resampled) {
    List<Long> counts = new ArrayList<>();
    counts.add(distinct(part, Middle::patientId));
    counts.add(distinct(part, Middle::seriesId));
    counts.add((long) part.size());
    if (resampled) {
      counts.add(part.stream().mapToLong(Example::copies).sum());
    }
    counts.add(part.size() - positives(part, Subtype.ANY));
    counts.add(positives(part, Subtype.ANY));
    Subtype.FIVE.forEach(subtype -> counts.add(positives(part, subtype)));
    return counts;
  }

  private static long positives(List<Example> part, Subtype subtype) {
    return part.stream().filter(e -> e.image().labels().has(subtype)).count();
  }

  /**
   * Counts distinct ids in a part. If the split is not by patient, a patient counts in each part
   * with one of the patient's images.
   */
  private static long distinct(List<Example> part, Function<Middle, String> id) {
    return part.stream().map(e -> id.apply(e.image().middle())).distinct().count();
  }
}
