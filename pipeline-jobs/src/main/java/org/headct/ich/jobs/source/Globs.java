package org.headct.ich.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.jobs.source.LocalFolders.StatusVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Globs in Hadoop's syntax. Hadoop's own matching returns an array, half a gigabyte for a folder of
 * 750,000 files. Here Hadoop finds only the folders; their files are visited one by one.
 */
final class Globs {
  private Globs() {}

  /**
   * Visits every match; there may be none. Hidden names match only if the pattern's last part
   * starts with a dot or an underscore.
   */
  static void match(FileSystem files, Path pattern, StatusVisitor visitor) throws IOException {
    boolean all = SourceListing.hidden(pattern.getName());
    StatusVisitor shown =
        found -> {
          if (all || !SourceListing.hidden(found.getPath().getName())) {
            visitor.visit(found);
          }
        };
    Path whole = files.makeQualified(pattern);
    try {
      // Braces that contain a slash become several patterns.
      for (String one : GlobExpander.expand(whole.toUri().getPath())) {
        Path last = new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), one);
        for (FileStatus folder : expand(files, last.getParent())) {
          if (folder.isDirectory()) {
            match(files, folder.getPath(), last.getName(), shown);
          }
        }
      }
    } catch (IOException e) {
      // Only Hadoop rejects an unclosed bracket. It is a plain name, and no such file exists.
      if (!String.valueOf(e.getMessage()).startsWith("Illegal file pattern")) {
        throw e;
      }
    }
  }

  private static List<FileStatus> expand(FileSystem files, Path pattern) throws IOException {
    try {
      FileStatus @Nullable [] found = files.globStatus(pattern);
      return found == null ? List.of() : List.of(found);
    } catch (IllegalArgumentException e) {
      // Hadoop's globs fail on every folder that holds a name with a colon (HADOOP-14217).
      return expandByPart(files, pattern);
    }
  }

  private static List<FileStatus> expandByPart(FileSystem files, Path pattern) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    Path root = files.makeQualified(new Path("/"));
    found.add(files.getFileStatus(root));
    for (String part : pattern.toUri().getPath().split("/", -1)) {
      if (!part.isEmpty()) {
        List<FileStatus> below = new ArrayList<>();
        for (FileStatus parent : found) {
          if (parent.isDirectory()) {
            match(files, parent.getPath(), part, below::add);
          }
        }
        found = below;
      }
    }
    return found;
  }

  /** Lists the children of a folder that match one path segment. */
  private static void match(FileSystem files, Path folder, String part, StatusVisitor visitor)
      throws IOException {
    GlobFilter filter = new GlobFilter(part);
    if (filter.hasPattern() || part.contains("\\")) {
      children(
          files,
          folder,
          child -> {
            if (filter.accept(child.getPath())) {
              visitor.visit(child);
            }
          });
      return;
    }
    FileStatus named;
    try {
      named = files.getFileStatus(new Path(folder, "./" + part));
    } catch (FileNotFoundException e) {
      // A missing name matches nothing; the caller reports it.
      return;
    }
    visitor.visit(named);
  }

  private static void children(FileSystem files, Path folder, StatusVisitor visitor)
      throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      LocalFolders.walk(local, folder, 1, visitor);
      return;
    }
    RemoteIterator<FileStatus> children = files.listStatusIterator(folder);
    while (children.hasNext()) {
      visitor.visit(children.next());
    }
  }
}
