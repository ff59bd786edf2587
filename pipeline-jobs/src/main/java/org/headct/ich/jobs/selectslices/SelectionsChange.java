package org.headct.ich.jobs.selectslices;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.headct.ich.jobs.meter.Meters;
import org.headct.ich.jobs.report.JobReport;
import org.headct.ich.jobs.report.JobReport.Changes;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SelectionsTable.Selection;
import org.headct.ich.jobs.table.SliceFindingsTable;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.Warehouse;
import scala.Tuple2;

/**
 * Changes that a run makes to {@code ich.selections} and to its own rows of {@code
 * ich.slice_findings}.
 */
final class SelectionsChange {
  private static final SelectionsTable SELECTIONS = new SelectionsTable();
  private static final SliceFindingsTable FINDINGS = new SliceFindingsTable();

  private final Warehouse warehouse;
  private final SnapshotNote note;
  private final long selectionsBefore;
  private final long findingsBefore;

  /** Records the current snapshot of each table. */
  SelectionsChange(Warehouse warehouse, SnapshotNote note) {
    this.warehouse = warehouse;
    this.note = note;
    selectionsBefore = warehouse.snapshot(SELECTIONS);
    findingsBefore = warehouse.snapshot(FINDINGS);
  }

  /**
   * Publishes the findings, then the selections. Findings belong to the run, not to a dataset,
   * because each series is ordered once.
   */
  void publish(
      List<DatasetRows> datasets,
      JavaRDD<SliceFindingsTable.Entry> findings,
      JobReport.Builder report) {
    Map<String, Long> noted = findings.mapToPair(f -> new Tuple2<>(f.reason(), 1L)).countByKey();
    noted.forEach(report::noted);
    Meters.of(findings.context()).sliceFindings(noted);
    long entries = noted.values().stream().mapToLong(Long::longValue).sum();
    long ledger =
        warehouse.replaceWhere(
            FINDINGS,
            functions.col("job").equalTo(note.job()),
            warehouse.rows(FINDINGS, findings),
            entries,
            findingsBefore,
            note);
    report.table(warehouse, FINDINGS, entries, ledger);
    List<Selection> selections = datasets.stream().flatMap(d -> d.selections().stream()).toList();
    Object[] names = datasets.stream().map(DatasetRows::name).toArray();
    Column ofDatasets = functions.col("dataset").isin(names);
    compare(selections, ofDatasets, report);
    long snapshot =
        warehouse.replaceWhere(
            SELECTIONS,
            ofDatasets,
            warehouse.rows(SELECTIONS, selections),
            selections.size(),
            selectionsBefore,
            note);
    report.table(warehouse, SELECTIONS, selections.size(), snapshot);
  }

  private record Key(String dataset, String imageId) {}

  /**
   * Counts added, changed and removed selections. They are few (k of a series, without pixels) and
   * fit into memory.
   */
  private void compare(List<Selection> selections, Column ofDatasets, JobReport.Builder report) {
    Map<Key, Selection> before =
        selectionsBefore < 0
            ? Map.of()
            : warehouse.read(SELECTIONS).where(ofDatasets).collectAsList().stream()
                .map(SELECTIONS::fromRow)
                .collect(toMap(s -> new Key(s.dataset(), s.imageId()), s -> s));
    long there = 0;
    long changed = 0;
    for (Selection selection : selections) {
      Selection old = before.get(new Key(selection.dataset(), selection.imageId()));
      there += old == null ? 0 : 1;
      changed += old == null || old.equals(selection) ? 0 : 1;
    }
    report.changes(new Changes(selections.size() - there, changed, before.size() - there));
  }
}
