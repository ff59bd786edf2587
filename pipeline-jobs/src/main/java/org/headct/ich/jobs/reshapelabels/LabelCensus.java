package org.headct.ich.jobs.reshapelabels;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.common.config.LabelsConfig;
import org.headct.ich.common.config.LabelsConfig.Band;
import org.headct.ich.common.error.DataRefusedException;
import org.headct.ich.common.label.Subtype;
import org.headct.ich.jobs.run.JobReport;

/**
 * The table of labels as its readers will see it, counted by Spark SQL: what it must hold before a
 * snapshot is shown.
 *
 * @param images rows
 * @param ids different image ids
 * @param nulls rows that lack an id or a label
 * @param invalid rows with a label that is neither 0 nor 1
 * @param mismatches rows in which any is not the OR of the five subtypes
 * @param positives rows with 1, by class
 */
record LabelCensus(
    long images,
    long ids,
    long nulls,
    long invalid,
    long mismatches,
    Map<Subtype, Long> positives) {

  /** Counts a table or a branch of one. */
  static LabelCensus of(SparkSession spark, String identifier) {
    Row row = spark.sql(query(identifier)).head();
    Map<Subtype, Long> positives = new EnumMap<>(Subtype.class);
    for (Subtype subtype : Subtype.ALL) {
      positives.put(subtype, row.getLong(row.fieldIndex("p_" + subtype.column())));
    }
    return new LabelCensus(
        row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), positives);
  }

  private static String query(String identifier) {
    return """
    SELECT
      count(*), count(DISTINCT image_id), count_if(image_id IS NULL OR %s), count_if(%s),
      count_if(`any` <> greatest(%s)),
      %s
    FROM %s
    """
        .formatted(
            columns(Subtype.ALL, " OR ", "`%s` IS NULL"),
            columns(Subtype.ALL, " OR ", "`%s` NOT IN (0, 1)"),
            columns(Subtype.FIVE, ", ", "`%s`"),
            columns(Subtype.ALL, ", ", "count_if(`%1$s` = 1) AS p_%1$s"),
            identifier);
  }

  private static String columns(List<Subtype> subtypes, String between, String each) {
    return subtypes.stream()
        .map(subtype -> each.formatted(subtype.column()))
        .collect(Collectors.joining(between));
  }

  /** Part of the images that are positive, 0 where there is none. */
  double prevalence(Subtype subtype) {
    return images == 0 ? 0 : (double) positives.getOrDefault(subtype, 0L) / images;
  }

  /** The class counts, each beside the expected one where there is one. */
  void describe(JobReport.Builder report, LabelsConfig config) {
    config
        .expectedImages()
        .ifPresent(n -> report.fact("images expected", "%,d%s".formatted(n, against(images, n))));
    for (Subtype subtype : Subtype.ALL) {
      long positive = positives.getOrDefault(subtype, 0L);
      Long expected = config.expectedPositives().get(subtype);
      report.fact(
          subtype.column(),
          "%,d (%.2f %%)%s"
              .formatted(
                  positive,
                  100 * prevalence(subtype),
                  expected == null
                      ? ""
                      : ", expected %,d%s".formatted(expected, against(positive, expected))));
    }
  }

  private static String against(long found, long expected) {
    return found == expected ? ": as expected" : ": %+,d".formatted(found - expected);
  }

  /**
   * Holds the table to its constraints.
   *
   * @throws DataRefusedException naming each that it breaks, with the figures
   */
  void require(String table, LabelsConfig config) {
    List<String> broken = new ArrayList<>();
    if (ids != images) {
      broken.add("%,d rows have an image_id that another row has".formatted(images - ids));
    }
    if (nulls > 0) {
      broken.add("%,d rows lack an id or a label".formatted(nulls));
    }
    if (invalid > 0) {
      broken.add("%,d rows have a label that is neither 0 nor 1".formatted(invalid));
    }
    if (mismatches > 0) {
      broken.add("in %,d rows any is not the OR of the five".formatted(mismatches));
    }
    for (Subtype subtype : images == 0 ? List.<Subtype>of() : Subtype.ALL) {
      Band band = config.prevalence().getOrDefault(subtype, new Band(0, 1));
      if (!band.contains(prevalence(subtype))) {
        broken.add(
            "%,d of %,d images (%.4f) are positive for %s, labels.prevalence.%s = [%s, %s]"
                .formatted(
                    positives.get(subtype),
                    images,
                    prevalence(subtype),
                    subtype.column(),
                    subtype.column(),
                    band.least(),
                    band.most()));
      }
    }
    if (!broken.isEmpty()) {
      throw new DataRefusedException(
          "reshape-labels: %s would break what it promises: %s; nothing was published"
              .formatted(table, String.join("; ", broken)));
    }
  }
}
