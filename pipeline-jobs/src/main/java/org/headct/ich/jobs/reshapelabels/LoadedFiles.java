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
 * The label files that a table was made of. They are a property of the table, which changes in the
 * commit that publishes the rows.
 *
 * @param runId the run that published the rows; a table that was rolled back since names another
 * @param settings the hash of the settings and the release that the files were read with
 * @param files the files, in no order
 */
record LoadedFiles(String runId, String settings, List<LoadedFile> files) {
  static final String PROPERTY = "ich.label-files";

  LoadedFiles {
    files = List.copyOf(files);
  }

  /** Returns the files that a table remembers; empty if it remembers none or was rolled back. */
  static Optional<LoadedFiles> of(Warehouse warehouse, TableDefinition<?> table) {
    Optional<String> kept = warehouse.property(table, PROPERTY);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      LoadedFiles files = Json.MAPPER.readValue(kept.get(), LoadedFiles.class);
      // Compaction makes a snapshot without a run; its rows are the same.
      String run = warehouse.summary(table).getOrDefault(SnapshotNote.RUN_ID, files.runId());
      return run.equals(files.runId()) ? Optional.of(files) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "property %s of %s was not written by this program: %s"
              .formatted(PROPERTY, warehouse.identifier(table), kept.get()),
          e);
    }
  }

  /** Returns the files as a property of the table. */
  Map<String, String> property() {
    try {
      return Map.of(PROPERTY, Json.MAPPER.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
