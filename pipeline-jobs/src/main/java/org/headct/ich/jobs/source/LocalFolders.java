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
 * A walk through local folders with the JDK, one file at a time. Hadoop's listing returns an array,
 * half a gigabyte for 750,000 files. Its recursive listing asks for the permissions of each file,
 * which starts a process a file without Hadoop's native library.
 */
final class LocalFolders extends SimpleFileVisitor<java.nio.file.Path> {
  private final RawLocalFileSystem files;
  private final StatusVisitor visitor;

  /** A receiver of the files that a listing finds, one after the other. */
  interface StatusVisitor {
    void visit(FileStatus found) throws IOException;
  }

  private LocalFolders(RawLocalFileSystem files, StatusVisitor visitor) {
    this.files = files;
    this.visitor = visitor;
  }

  /**
   * Visits the files below a folder, in no order. At the last level it visits folders too. Links
   * are followed, except links to nothing or back to a parent folder.
   *
   * @param levels depth of the walk; 1 visits only the folder's own children
   * @throws AccessControlException if a folder may not be read
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
    // A link that can be followed arrives with the attributes of its target.
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
