package org.headct.ich.jobs.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * Walks local folders by the JDK, a file at a time. Hadoop's listing is an array of a folder's
 * files, half a gigabyte for 750,000; its recursive one asks for the rights of each file, which
 * without its native library starts a process for each.
 */
final class LocalFolders extends SimpleFileVisitor<java.nio.file.Path> {
  private final RawLocalFileSystem files;
  private final StatusVisitor visitor;

  /** Is handed what a listing finds, one after the other. */
  interface StatusVisitor {
    void visit(FileStatus found) throws IOException;
  }

  private LocalFolders(RawLocalFileSystem files, StatusVisitor visitor) {
    this.files = files;
    this.visitor = visitor;
  }

  /**
   * Hands over the files below a folder, in no order; at the last level the folders, too. Links are
   * followed, but for those that lead nowhere or back to a folder on their way.
   *
   * @param levels 1: only what lies in the folder itself
   * @throws AccessControlException when a folder is closed to us
   */
  static void walk(RawLocalFileSystem files, Path folder, int levels, StatusVisitor visitor)
      throws IOException {
    Files.walkFileTree(
        files.pathToFile(folder).toPath(),
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        levels,
        new LocalFolders(files, visitor));
  }

  @Override
  public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes)
      throws IOException {
    // A link that could be followed comes as what it leads to.
    if (!attributes.isSymbolicLink()) {
      visitor.visit(
          new FileStatus(
              attributes.size(),
              attributes.isDirectory(),
              1,
              0,
              attributes.lastModifiedTime().toMillis(),
              new Path(file.toString())
                  .makeQualified(files.getUri(), files.getWorkingDirectory())));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException e)
      throws IOException {
    if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE;
    }
    if (e instanceof AccessDeniedException) {
      throw new AccessControlException(file + ": permission denied");
    }
    throw e;
  }
}
