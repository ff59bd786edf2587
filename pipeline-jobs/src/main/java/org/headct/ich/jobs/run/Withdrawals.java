package org.headct.ich.jobs.run;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.headct.ich.domain.config.WithdrawalsConfig;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.sample.StableHash;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Images and patients that must not be used any more, though the dump and the label files still
 * contain them. {@code withdrawals.input} lists their ids.
 *
 * @param ids ids of images, patients and scans as in the tables, that is real ids as pseudonyms
 */
public record Withdrawals(Set<String> ids) {
  private static final SlicesTable SLICES = new SlicesTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  /**
   * Reads the lists. Each line holds one id; text after a # is a comment.
   *
   * @throws UserException if a list cannot be read
   */
  public static Withdrawals of(JobContext context) {
    Pseudonyms pseudonyms = new Pseudonyms(PseudonymKey.fromEnvironment());
    Set<String> ids = new TreeSet<>();
    for (String input : WithdrawalsConfig.from(context.settings()).input()) {
      Path path = new Path(input);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  path.getFileSystem(context.hadoop()).open(path), StandardCharsets.UTF_8))) {
        lines
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(id -> !id.isEmpty())
            .map(pseudonyms::of)
            .forEach(ids::add);
      } catch (IOException e) {
        throw new UserException(
            "withdrawals.input: cannot read %s (%s)".formatted(input, e.getMessage()), e);
      }
    }
    return new Withdrawals(ids);
  }

  /** Returns a hash that changes when an id is added or removed; empty if there are no ids. */
  public String fingerprint() {
    return fingerprint(ids);
  }

  private static String fingerprint(Set<String> ids) {
    return ids.isEmpty()
        ? ""
        : "%016x".formatted(StableHash.of(0, String.join("\n", new TreeSet<>(ids))));
  }

  /** Returns the rows in which one of the columns holds one of the ids. */
  public Dataset<Row> of(Dataset<Row> rows, String... columns) {
    Set<String> withdrawn = ids;
    return rows.filter(
        (FilterFunction<Row>)
            row -> {
              for (String column : columns) {
                if (withdrawn.contains(row.<String>getAs(column))) {
                  return true;
                }
              }
              return false;
            });
  }

  /**
   * Returns the images and scans whose labels must go: the ids themselves, and all images of a
   * withdrawn patient that the audit knows or knew.
   */
  public Withdrawn labels(Warehouse warehouse) {
    Set<String> all = new HashSet<>(ids);
    if (!ids.isEmpty() && warehouse.exists(SLICES)) {
      all.addAll(images(of(warehouse.read(SLICES), "patient_id")));
      all.addAll(
          images(
              warehouse.read(FINDINGS).where(col("reason").equalTo(SliceReason.WITHDRAWN.name()))));
    }
    return new Withdrawn(all, fingerprint(all));
  }

  /**
   * Withdrawn images and scans.
   *
   * @param ids ids of images and scans
   * @param fingerprint hash that changes when an id is added or removed; empty if there are none
   */
  public record Withdrawn(Set<String> ids, String fingerprint) {}

  private static Set<String> images(Dataset<Row> rows) {
    return rows.select("image_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(toSet());
  }
}
