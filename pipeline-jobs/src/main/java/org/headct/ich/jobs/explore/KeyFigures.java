package org.headct.ich.jobs.explore;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.headct.ich.jobs.explore.ReportRows.Dump;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;
import org.headct.ich.pages.DataOrigin;
import org.headct.ich.pages.ExploreReport.LabelCount;
import org.headct.ich.pages.QueryResult;
import org.headct.ich.pages.element.Facts.Fact;
import org.headct.ich.pages.element.Numbers;

/** The key figures at the top of the page. */
final class KeyFigures {
  private KeyFigures() {}

  /**
   * Returns sizes, prevalence, and each queried table with its snapshot or the command that fills
   * it.
   */
  static List<Fact> of(
      Warehouse warehouse,
      List<TableDefinition<?>> asked,
      QueryResult<LabelCount> labels,
      QueryResult<Dump> dumps) {
    List<Fact> facts = new ArrayList<>();
    for (LabelCount any : labels.rows()) {
      if (any.name().equals("any")) {
        long all = any.positives() + any.negatives();
        facts.add(new Fact("Labelled images", Numbers.count(all), "with all six labels"));
        facts.add(
            new Fact(
                "Prevalence",
                Numbers.share(any.positives(), all),
                "of images with any haemorrhage: " + Numbers.count(any.positives())));
      }
    }
    for (Dump dump : dumps.rows()) {
      String size = FileUtils.byteCountToDisplaySize(dump.bytes());
      facts.add(new Fact("Readable slices", Numbers.count(dump.images()), size));
      facts.add(new Fact("Series", Numbers.count(dump.series()), ""));
      facts.add(new Fact("Patients", Numbers.count(dump.patients()), "pseudonymous"));
    }
    for (TableDefinition<?> table : asked) {
      facts.add(table(warehouse, table));
    }
    return facts;
  }

  /** Returns a table's rows and snapshot, or the command that fills it. */
  static Fact table(Warehouse warehouse, TableDefinition<?> table) {
    String name = warehouse.identifier(table);
    if (!warehouse.exists(table)) {
      return new Fact(name, "missing", "run " + table.filledBy());
    }
    String rows = warehouse.summary(table).getOrDefault("total-records", "0");
    return new Fact(
        name,
        Numbers.count(Long.parseLong(rows)) + " rows",
        "snapshot " + warehouse.snapshot(table));
  }

  /** Adds the key figures to the report for the console. */
  static void list(JobReport.Builder report, List<Fact> facts) {
    for (Fact fact : facts) {
      String detail = fact.detail().isEmpty() ? "" : " (" + fact.detail() + ")";
      report.fact(fact.label(), fact.value() + detail);
    }
  }

  /** Returns the origin of the slices, derived from the program that wrote the objects. */
  static DataOrigin origin(QueryResult<Dump> dumps) {
    long phantoms = dumps.rows().stream().mapToLong(Dump::phantoms).sum();
    long images = dumps.rows().stream().mapToLong(Dump::images).sum();
    return DataOrigin.of(phantoms, images - phantoms);
  }
}
