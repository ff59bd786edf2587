package org.headct.ich.jobs.reshapelabels;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headct.ich.jobs.file.Json;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;
import org.headct.ich.jobs.table.Warehouse;

/**
 * Which label files made a table what it is: kept as a property of the table, which changes in the
 * commit that publishes the rows.
 *
 * @param runId run that published the rows; a table that was rolled back since names another
 * @param settings hash of the settings and the release that the files were read with
 * @param files in no order
 */
record LoadedFiles(String runId, String settings, List<LoadedFile> files) {
  static final String PROPERTY = "ich.label-files";

  LoadedFiles {
    files = List.copyOf(files);
  }

  /** What a table remembers; empty where it does not know or is not what it was. */
  static Optional<LoadedFiles> of(Warehouse warehouse, TableDefinition<?> table) {
    Optional<String> kept = warehouse.property(table, PROPERTY);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      LoadedFiles files = Json.MAPPER.readValue(kept.get(), LoadedFiles.class);
      // Compaction and the like make snapshots without a run: the rows are the same.
      String run = warehouse.summary(table).getOrDefault(SnapshotNote.RUN_ID, files.runId());
      return run.equals(files.runId()) ? Optional.of(files) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "property %s of %s is not what this program writes: %s"
              .formatted(PROPERTY, warehouse.identifier(table), kept.get()),
          e);
    }
  }

  /** As a property of the table. */
  Map<String, String> property() {
    try {
      return Map.of(PROPERTY, Json.MAPPER.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
