package org.headct.ich.jobs.reshapelabels;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.domain.config.LabelsConfig.Band;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.jobs.report.JobReport;

/**
 * Counts over the table of labels, made by Spark SQL in one pass. They decide whether a snapshot is
 * published. The SQL repeats some rules of {@link org.headct.ich.domain.label} on purpose: it
 * checks the rows that were written, not the code that wrote them.
 *
 * @param images the number of rows
 * @param nulls the number of rows that lack an id or a label
 * @param invalid the number of rows with a label that is neither 0 nor 1
 * @param mismatches the number of rows in which any is not the OR of the five subtypes
 * @param checksum the exclusive or of all rows' {@code xxhash64(image_id, bits)}
 * @param positives the number of rows with 1, by class
 */
record LabelCensus(
    long images,
    long nulls,
    long invalid,
    long mismatches,
    long checksum,
    Map<Subtype, Long> positives) {

  /** The number of aggregates before those of the classes. */
  private static final int AGGREGATES = 5;

  /** The cost of opening a file, so high that Iceberg gives small files a task each. */
  private static final String A_TASK_A_FILE = Long.toString(1L << 30);

  /** Counts a table or a branch of one. */
  static LabelCensus of(SparkSession spark, String identifier) {
    Row row =
        spark
            .read()
            .option(SparkReadOptions.FILE_OPEN_COST, A_TASK_A_FILE)
            .table(identifier)
            .selectExpr(aggregates())
            .head();
    Map<Subtype, Long> positives = new EnumMap<>(Subtype.class);
    for (Subtype subtype : Subtype.ALL) {
      positives.put(subtype, row.getLong(AGGREGATES + subtype.ordinal()));
    }
    return new LabelCensus(
        row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), positives);
  }

  private static String[] aggregates() {
    Stream<String> ofTable =
        Stream.of(
            "count(*)",
            "count_if(image_id IS NULL OR %s)"
                .formatted(columns(Subtype.ALL, " OR ", "`%s` IS NULL")),
            "count_if(%s)".formatted(columns(Subtype.ALL, " OR ", "`%s` NOT IN (0, 1)")),
            "count_if(`any` <> greatest(%s))".formatted(columns(Subtype.FIVE, ", ", "`%s`")),
            "coalesce(bit_xor(xxhash64(image_id, %s)), 0L)"
                .formatted(
                    Subtype.ALL.stream()
                        .map(subtype -> "%d * `%s`".formatted(subtype.bit(), subtype.column()))
                        .collect(Collectors.joining(" + "))));
    Stream<String> ofClasses =
        Subtype.ALL.stream().map(subtype -> "count_if(`%s` = 1)".formatted(subtype.column()));
    return Stream.concat(ofTable, ofClasses).toArray(String[]::new);
  }

  private static String columns(List<Subtype> subtypes, String between, String each) {
    return subtypes.stream()
        .map(subtype -> each.formatted(subtype.column()))
        .collect(Collectors.joining(between));
  }

  /** Returns the share of positive images, 0 if there is no image. */
  double prevalence(Subtype subtype) {
    return images == 0 ? 0 : (double) positives.getOrDefault(subtype, 0L) / images;
  }

  /** Reports the class counts, each with the expected count if one is set. */
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
   * Checks the table's constraints. The checksum also shows that each id stands there once: the
   * tally counts images with distinct ids, and as many rows with the same exclusive or are the same
   * rows. A count of distinct ids would show it too, but costs as much as all other steps together.
   *
   * @param tally the sums that the table should agree with
   * @throws DataRefusedException if a constraint is broken; the message names each with its figures
   */
  void require(String table, LabelTally tally, LabelsConfig config) {
    List<String> broken = new ArrayList<>();
    if (tally.repeated() > 0) {
      broken.add(
          "%,d rows have an image_id that another row has, and another program wrote them: drop the table and run again"
              .formatted(tally.repeated()));
    } else if (images != tally.images() || checksum != tally.checksum()) {
      broken.add(
          "its %,d rows are not the %,d that were to be written (checksum %016x, not %016x)"
              .formatted(images, tally.images(), checksum, tally.checksum()));
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
          "reshape-labels: %s would break its constraints: %s; nothing was published"
              .formatted(table, String.join("; ", broken)));
    }
  }
}
