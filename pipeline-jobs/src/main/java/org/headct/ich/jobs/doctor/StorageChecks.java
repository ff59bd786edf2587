package org.headct.ich.jobs.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.source.SourceListing;
import org.headct.ich.jobs.table.LabelsTable;
import org.headct.ich.jobs.table.PredictionsTable;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SlicesTable;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.TensorsTable;

/**
 * Checks of the paths that jobs write to, of the catalog and its tables, and of the configured
 * inputs.
 */
final class StorageChecks {
  private StorageChecks() {}

  static List<Finding> run(JobContext context) {
    List<Finding> findings = new ArrayList<>();
    findings.add(writable(context, "warehouse.path", context.places().warehouse()));
    catalog(context).ifPresent(findings::add);
    findings.add(writable(context, "models.path", context.places().models()));
    findings.add(writable(context, "reports.path", context.places().reports()));
    for (TableDefinition<?> table :
        List.of(
            new LabelsTable(),
            new SlicesTable(),
            new SelectionsTable(),
            new TensorsTable(),
            new PredictionsTable())) {
      findings.add(table(context, table));
    }
    findings.add(input(context, "labels.input"));
    findings.add(input(context, "dicom.input"));
    return findings;
  }

  private static Finding writable(JobContext context, String key, String place) {
    Path probe = new Path(place, "_doctor");
    try {
      FileSystem files = probe.getFileSystem(context.hadoop());
      files.create(probe, true).close();
      files.delete(probe, false);
      long free = files.getStatus(new Path(place)).getRemaining();
      // An object store reports no limit.
      return Finding.ok(
          key,
          free == Long.MAX_VALUE
              ? "%s, writable".formatted(place)
              : "%s, writable, %,d GiB free".formatted(place, free >> 30));
    } catch (IOException | IllegalArgumentException e) {
      return Finding.fail(
          key,
          "cannot write to %s (%s)".formatted(place, e.getMessage()),
          "choose another place with --set "
              + key
              + "=DIR, or correct its permissions or credentials");
    }
  }

  /**
   * Checks the catalog. Iceberg's Hadoop catalog commits by a rename, which S3 does not have: S3A
   * copies and deletes.
   */
  static Optional<Finding> catalog(JobContext context) {
    String place = context.places().warehouse();
    if (!place.startsWith("s3a:") || !context.places().catalogProperties().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warn(
            "catalog",
            "commits by a rename, which is not atomic on " + place,
            "run only one writing command at a time, or set a catalog with atomic commits in catalog.properties (rest, jdbc, glue)"));
  }

  private static Finding table(JobContext context, TableDefinition<?> table) {
    String name = context.warehouse().identifier(table);
    if (!context.warehouse().exists(table)) {
      return Finding.ok(name, "does not exist yet; " + table.filledBy() + " creates it");
    }
    return Finding.ok(
        name,
        "%,d rows, snapshot %d"
            .formatted(
                context.warehouse().read(table).count(), context.warehouse().snapshot(table)));
  }

  private static Finding input(JobContext context, String key) {
    List<String> inputs = context.settings().texts(key);
    if (inputs.isEmpty()) {
      return Finding.ok(key, "not set");
    }
    try {
      int objects = new SourceListing(context.hadoop(), key, extension -> true).list(inputs).size();
      return Finding.ok(key, "%,d objects".formatted(objects));
    } catch (UserException e) {
      return Finding.fail(key, String.valueOf(e.getMessage()), "correct the path");
    }
  }
}
