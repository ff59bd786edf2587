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
import org.headct.ich.jobs.run.Withdrawals.Withdrawn;
import org.headct.ich.jobs.table.SnapshotNote;
import org.headct.ich.jobs.table.TableDefinition;

/**
 * What one of the two tables of labels needs from its files.
 *
 * @param table {@code ich.labels} or {@code ich.scan_labels}
 * @param from snapshot of the table that the work takes account of, −1 for none
 * @param settings that the files are read with
 * @param before what the table remembers
 * @param plan which files to read
 * @param files the files to read, in the plan's order
 * @param withdrawn images and scans that get no labels
 */
record LabelWork(
    TableDefinition<?> table,
    long from,
    String settings,
    Optional<LoadedFiles> before,
    LoadPlan plan,
    List<LabelFile> files,
    Set<String> withdrawn) {
  /** What decides which rows a file gives, or whether they may be published. */
  private static final String[] SETTINGS = {"labels.form", "labels.prevalence", "max-reject-ratio"};

  /**
   * @param input this run's files of the table's kind
   */
  static LabelWork of(
      JobContext context,
      LabelsConfig config,
      TableDefinition<?> table,
      List<LabelFile> input,
      Withdrawn withdrawn) {
    String settings =
        "%s %s %s"
            .formatted(
                context.settings().hash(SETTINGS),
                SnapshotNote.release(CodeVersion.current()),
                withdrawn.fingerprint())
            .strip();
    // Before the files that it remembers: where another run publishes in between, this one's rows
    // are refused.
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

  /** Whether the table has anything to do with this run: it holds files, or will. */
  boolean concerned() {
    return before.isPresent() || !plan.after().isEmpty();
  }

  /** Numbers of the loads of {@link #files}. */
  List<Integer> loads() {
    return plan.read().stream().map(LoadedFile::load).toList();
  }

  /** Names of {@link #files}. */
  List<String> names() {
    return files.stream().map(LabelFile::name).toList();
  }

  /** What the table is to remember once the work is done. */
  Map<String, String> property(String runId) {
    return new LoadedFiles(runId, settings, plan.after()).property();
  }

  /** The run that the table remembers, where its rows stay as they are. */
  String runIdBefore(String otherwise) {
    return before.map(LoadedFiles::runId).orElse(otherwise);
  }
}
