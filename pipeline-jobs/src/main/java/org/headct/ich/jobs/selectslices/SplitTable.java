package org.headct.ich.jobs.selectslices;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.common.label.ImageLabels;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.common.sample.Split;
import org.headct.ich.jobs.run.JobReport;
import org.headct.ich.jobs.selectslices.SelectSlicesJob.Labelled;
import org.headct.ich.jobs.table.SelectionsTable.Selection;

/** The report's table of sides × classes. */
final class SplitTable {
  private SplitTable() {}

  static void describe(
      List<Selection> selections, List<Labelled> images, JobReport.Builder report) {
    Map<String, ImageLabels> labels = new HashMap<>();
    images.forEach(image -> labels.put(image.labels().imageId(), image.labels()));
    Map<String, long[]> counts = new TreeMap<>();
    for (Selection s : selections) {
      long[] row =
          counts.computeIfAbsent(
              s.dataset() + " " + order(s.split()) + s.split(), k -> new long[7]);
      ImageLabels l = labels.get(s.imageId());
      row[6]++;
      for (Subtype subtype : Subtype.ALL) {
        row[subtype.ordinal()] += l == null ? 0 : l.value(subtype);
      }
    }
    counts.forEach((key, row) -> report.fact(key.replaceAll(" [0-9]", " "), line(row)));
  }

  private static int order(String split) {
    return Split.ofColumn(split).ordinal();
  }

  private static String line(long[] row) {
    StringBuilder text = new StringBuilder("%,d images:".formatted(row[6]));
    for (Subtype subtype : Subtype.ALL) {
      text.append(" %s %,d".formatted(subtype.column(), row[subtype.ordinal()]));
    }
    return text.toString();
  }
}
