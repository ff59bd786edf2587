package org.headct.ich.jobs.maintain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.headct.ich.domain.error.DataRefusedException;
import org.headct.ich.jobs.modelstore.ModelStore;
import org.headct.ich.jobs.table.SelectionsTable;
import org.headct.ich.jobs.table.SnapshotNote;

/**
 * Iceberg tags, which keep a snapshot from any engine's expiry. Models name snapshots of {@code
 * ich.tensors}; snapshots of {@code ich.tensors} name those of {@code ich.selections} that hold
 * their weights.
 *
 * <p>A model's tag is never dropped here: its run may lie under another {@code models.path}. That
 * of a snapshot of selections goes when no tensors name it any more.
 */
final class KeepTags {
  /** How tags of {@code ich.tensors} begin: {@code model_<run>_<snapshot>}. */
  static final String MODEL = "model_";

  /** How tags of {@code ich.selections} begin: {@code tensors_need_<snapshot>}. */
  static final String TENSORS = "tensors_need_";

  private KeepTags() {}

  /**
   * A tag for each run: two folders of models may each have a run of the same name.
   *
   * @return snapshots of {@code ich.tensors} by tag
   * @throws DataRefusedException if a run does not say what it was trained on
   */
  static Map<String, Long> ofRuns(List<ModelStore> runs) {
    Map<String, Long> tags = new TreeMap<>();
    for (ModelStore store : runs) {
      try {
        long snapshot = store.tensorSnapshot();
        tags.put("%s%s_%d".formatted(MODEL, store.name(), snapshot), snapshot);
      } catch (IOException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        throw new DataRefusedException(
            "models.path: run.json of %s cannot be read (%s), so it is not known which tensors it needs; nothing was removed. Repair the run or move it away"
                .formatted(store.name(), reason));
      }
    }
    return tags;
  }

  /**
   * A tag for each snapshot of selections that tensors name.
   *
   * @param tensors after its own snapshots were expired
   * @return snapshots of {@code ich.selections} by tag
   */
  static Map<String, Long> ofTensors(Table tensors) {
    Map<String, Long> tags = new TreeMap<>();
    for (Snapshot snapshot : tensors.snapshots()) {
      SnapshotNote.input(snapshot.summary(), new SelectionsTable().name())
          .ifPresent(selections -> tags.put(TENSORS + selections, Long.valueOf(selections)));
    }
    return tags;
  }

  /**
   * Sets what is missing.
   *
   * @param tags snapshots by tag
   * @return the tags whose snapshot is gone
   */
  static List<String> set(Table table, Map<String, Long> tags) {
    List<String> gone = new ArrayList<>();
    ManageSnapshots manage = table.manageSnapshots();
    boolean changes = false;
    for (Map.Entry<String, Long> tag : tags.entrySet()) {
      if (table.snapshot(tag.getValue()) == null) {
        gone.add(tag.getKey());
      } else if (!table.refs().containsKey(tag.getKey())) {
        manage.createTag(tag.getKey(), tag.getValue());
        changes = true;
      }
    }
    if (changes) {
      manage.commit();
    }
    return gone;
  }

  /** Drops tags that begin with {@code prefix} and are not among {@code wanted}. */
  static void dropOthers(Table table, String prefix, Map<String, Long> wanted) {
    List<String> others = of(table, prefix).stream().filter(t -> !wanted.containsKey(t)).toList();
    if (!others.isEmpty()) {
      ManageSnapshots manage = table.manageSnapshots();
      others.forEach(manage::removeTag);
      manage.commit();
    }
  }

  /** The table's tags that begin so, sorted. */
  static List<String> of(Table table, String prefix) {
    return table.refs().entrySet().stream()
        .filter(ref -> ref.getValue().isTag() && ref.getKey().startsWith(prefix))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
