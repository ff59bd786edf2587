package org.headct.ich.jobs.reshapelabels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headct.ich.domain.config.LabelsConfig;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.jobs.run.PseudonymKey;
import org.headct.ich.jobs.run.Withdrawals.Withdrawn;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;

/**
 * The work that one of the two tables of labels needs from its files.
 *
 * @param table {@code ich.labels} or {@code ich.scan_labels}
 * @param from the snapshot of the table that the work starts from, −1 for none
 * @param settings the hash of the settings that the files are read with
 * @param before the files that the table remembers
 * @param plan the plan of the files to read
 * @param files the files to read, in the plan's order
 * @param withdrawn the ids of images and scans that get no labels
 */
record LabelWork(
    TableDefinition<?> table,
    long from,
    String settings,
    Optional<LoadedFiles> before,
    LoadPlan plan,
    List<LabelFile> files,
    Set<String> withdrawn) {
  /** The settings that decide which rows a file gives, or whether they may be published. */
  private static final String[] SETTINGS = {"labels.form", "labels.prevalence", "max-reject-ratio"};

  /**
   * Plans the work for a table.
   *
   * @param input this run's files of the table's kind
   */
  static LabelWork of(
      JobContext context,
      LabelsConfig config,
      TableDefinition<?> table,
      List<LabelFile> input,
      Withdrawn withdrawn) {
    String settings =
        "%s %s %s %s"
            .formatted(
                context.settings().hash(SETTINGS),
                SnapshotNote.release(CodeVersion.current()),
                // Another key gives other ids of images and scans.
                PseudonymKey.fingerprint(PseudonymKey.fromEnvironment()),
                withdrawn.fingerprint())
            .strip();
    // The snapshot is read before the files that the table remembers: if another run publishes in
    // between, this run's rows are refused.
    long from = context.warehouse().snapshot(table);
    Optional<LoadedFiles> before = LoadedFiles.of(context.warehouse(), table);
    LoadPlan plan =
        LoadPlan.of(LabelInput.versions(input), settings, before, config.removedFiles());
    Map<String, LabelFile> byName = new HashMap<>();
    input.forEach(f -> byName.put(f.name(), f));
    List<LabelFile> files = new ArrayList<>();
    for (LoadedFile read : plan.read()) {
      LabelFile here = byName.get(read.file());
      files.add(here == null ? new LabelInput(context, config).again(read) : here);
    }
    return new LabelWork(table, from, settings, before, plan, files, withdrawn.ids());
  }

  /** Returns whether the run concerns the table: it holds files, or will hold some. */
  boolean concerned() {
    return before.isPresent() || !plan.after().isEmpty();
  }

  /** Returns the load of each of {@link #files}. */
  List<Integer> loads() {
    return plan.read().stream().map(LoadedFile::load).toList();
  }

  /** Returns the names of {@link #files}. */
  List<String> names() {
    return files.stream().map(LabelFile::name).toList();
  }

  /** Returns the table property that records the files once the work is done. */
  Map<String, String> property(String runId) {
    return new LoadedFiles(runId, settings, plan.after()).property();
  }

  /** Returns the run that the table remembers, for a table whose rows stay; else the given one. */
  String runIdBefore(String otherwise) {
    return before.map(LoadedFiles::runId).orElse(otherwise);
  }
}
