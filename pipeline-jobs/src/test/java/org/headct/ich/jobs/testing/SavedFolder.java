package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folder that several tests change, and that can be restored to a saved state. It keeps its path,
 * because Iceberg's tables name their files by absolute paths. It keeps its times, because an audit
 * recognises an object by its time.
 */
public final class SavedFolder {
  private final Path folder;
  private final Path copy;

  private SavedFolder(Path folder, Path copy) {
    this.folder = folder;
    this.copy = copy;
  }

  /**
   * Saves a folder in its current state.
   *
   * @param copy the folder for the copy, which must not exist yet
   */
  public static SavedFolder save(Path folder, Path copy) throws IOException {
    copy(folder, copy);
    return new SavedFolder(folder, copy);
  }

  /** Restores the saved state. Later files are removed. */
  public void restore() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
    copy(copy, folder);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
