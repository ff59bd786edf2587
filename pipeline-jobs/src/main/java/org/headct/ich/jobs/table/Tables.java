package org.headct.ich.jobs.table;

import java.util.List;
import java.util.Optional;

/** All tables, in the order in which the jobs fill them. */
public final class Tables {
  public static final List<TableDefinition<?>> ALL =
      List.of(
          new LabelsTable(),
          new ScanLabelsTable(),
          new LabelFindingsTable(),
          new SlicesTable(),
          new SliceFindingsTable(),
          new SelectionsTable(),
          new TensorsTable(),
          new FeaturesTable(),
          new PredictionsTable(),
          new MetricsTable(),
          new ScoresTable(),
          new ScoreFindingsTable());

  private Tables() {}

  /** Returns the table of this name (without catalog and namespace); empty if there is none. */
  public static Optional<TableDefinition<?>> named(String name) {
    for (TableDefinition<?> table : ALL) {
      if (table.name().equalsIgnoreCase(name)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }
}
