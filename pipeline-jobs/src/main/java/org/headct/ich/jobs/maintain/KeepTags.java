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
 * Iceberg tags that keep a snapshot from expiry by any engine. Models name snapshots of {@code
 * ich.tensors}. Snapshots of {@code ich.tensors} name those of {@code ich.selections} that hold
 * their weights.
 *
 * <p>A model's tag is never dropped here, because its run may be under another {@code models.path}.
 * The tag of a snapshot of selections is dropped when no tensors name it any more.
 */
final class KeepTags {
  /** The prefix of tags of {@code ich.tensors}: {@code model_<run>_<snapshot>}. */
  static final String MODEL = "model_";

  /** The prefix of tags of {@code ich.selections}: {@code tensors_need_<snapshot>}. */
  static final String TENSORS = "tensors_need_";

  private KeepTags() {}

  /**
   * Returns a tag for each run. The tag contains the snapshot, because two folders of models may
   * have runs of the same name.
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
            "models.path: run.json of %s cannot be read (%s), so the tensors that it needs are unknown; nothing was removed. Repair the run or move it away"
                .formatted(store.name(), reason));
      }
    }
    return tags;
  }

  /**
   * Returns a tag for each snapshot of selections that tensors name.
   *
   * @param tensors table of tensors, after its own snapshots were expired
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
   * Sets the missing tags.
   *
   * @param tags snapshots by tag
   * @return tags whose snapshot is gone
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

  /** Drops tags that begin with {@code prefix} and are not in {@code wanted}. */
  static void dropOthers(Table table, String prefix, Map<String, Long> wanted) {
    List<String> others = of(table, prefix).stream().filter(t -> !wanted.containsKey(t)).toList();
    if (!others.isEmpty()) {
      ManageSnapshots manage = table.manageSnapshots();
      others.forEach(manage::removeTag);
      manage.commit();
    }
  }

  /** Returns the table's tags with this prefix, sorted. */
  static List<String> of(Table table, String prefix) {
    return table.refs().entrySet().stream()
        .filter(ref -> ref.getValue().isTag() && ref.getKey().startsWith(prefix))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
