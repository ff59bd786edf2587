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
 * What has to be read so that a table says what its label files say: only the new files, as long as
 * they can only add to it; every file once more when one has changed or goes, because an image may
 * then fall back to what an earlier file said of it.
 *
 * @param fresh files that are read for the first time
 * @param changed files that are not what they were when they were read
 * @param retracted files whose rows go
 * @param read the files to read with their loads, by load and name
 * @param after the files that the table then holds
 * @param others what becomes of images of which the files read say nothing
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
   * @param versions the files of this run's input with their versions
   * @param settings hash of the settings that decide what is read from a file
   * @param before what the table remembers
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

  /** Whether the table is what its files say, as far as their names, sizes and times tell. */
  boolean upToDate() {
    return read.isEmpty() && others == Others.KEEP;
  }
}
