package org.headct.ich.jobs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that several tests change, and that each of them finds as it was saved. It comes back at
 * the same path, because Iceberg's tables name their files by absolute paths, and with the same
 * times, because an audit knows an object by its time.
 */
public final class SavedFolder {
  private final Path folder;
  private final Path copy;

  private SavedFolder(Path folder, Path copy) {
    this.folder = folder;
    this.copy = copy;
  }

  /**
   * Saves a folder as it is now.
   *
   * @param copy where to; not there yet
   */
  public static SavedFolder save(Path folder, Path copy) throws IOException {
    copy(folder, copy);
    return new SavedFolder(folder, copy);
  }

  /** Puts the folder back as it was saved; what came since is gone. */
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
