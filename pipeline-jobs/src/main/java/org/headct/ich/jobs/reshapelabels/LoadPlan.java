package org.headct.ich.jobs.reshapelabels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headct.ich.domain.config.LabelsConfig.RemovedFiles;
import org.headct.ich.domain.label.packed.LabelChanges.Others;

/**
 * The plan of the files to read, so that a table agrees with its label files. New files can only
 * add and correct, so only they are read. If a file changes or goes, every file is read again,
 * because an image may then fall back to its labels in an earlier file.
 *
 * @param fresh the names of files that are read for the first time
 * @param changed the names of files that differ from the version that was read
 * @param retracted the names of files whose rows go
 * @param read the files to read with their loads, by load and name
 * @param after the files that the table then holds
 * @param others the treatment of images that the files read do not name
 */
record LoadPlan(
    List<String> fresh,
    List<String> changed,
    List<String> retracted,
    List<LoadedFile> read,
    List<LoadedFile> after,
    Others others) {
  private static final Comparator<LoadedFile> ORDER =
      Comparator.comparingInt(LoadedFile::load).thenComparing(LoadedFile::file);

  /**
   * Plans the reading.
   *
   * @param versions the versions of this run's files, by name
   * @param settings the hash of the settings that decide what is read from a file
   * @param before the files that the table remembers
   */
  static LoadPlan of(
      Map<String, String> versions,
      String settings,
      Optional<LoadedFiles> before,
      RemovedFiles removedFiles) {
    Map<String, LoadedFile> after = new LinkedHashMap<>();
    before.ifPresent(b -> b.files().forEach(f -> after.put(f.file(), f)));
    int load = 1 + after.values().stream().mapToInt(LoadedFile::load).max().orElse(0);
    List<String> retracted = new ArrayList<>();
    if (removedFiles == RemovedFiles.RETRACT) {
      after.keySet().stream().filter(f -> !versions.containsKey(f)).forEach(retracted::add);
      after.keySet().removeAll(retracted);
    }
    List<String> fresh = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    versions.forEach(
        (file, version) -> {
          LoadedFile known = after.get(file);
          if (known == null) {
            fresh.add(file);
          } else if (!known.version().equals(version)) {
            changed.add(file);
          } else {
            return;
          }
          after.put(file, new LoadedFile(file, version, load));
        });
    boolean otherSettings = before.isPresent() && !before.get().settings().equals(settings);
    boolean again = otherSettings || !changed.isEmpty() || !retracted.isEmpty();
    List<LoadedFile> read =
        after.values().stream().filter(f -> again || f.load() == load).sorted(ORDER).toList();
    return new LoadPlan(
        fresh,
        changed,
        retracted,
        read,
        after.values().stream().sorted(ORDER).toList(),
        again ? Others.REMOVE : Others.KEEP);
  }

  /** Returns whether the table agrees with its files, judged by their names, sizes and times. */
  boolean upToDate() {
    return read.isEmpty() && others == Others.KEEP;
  }
}
