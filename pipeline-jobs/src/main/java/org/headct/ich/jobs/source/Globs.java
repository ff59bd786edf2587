package org.headct.ich.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** What a glob matches, in Hadoop's syntax. */
final class Globs {
  private Globs() {}

  /** Empty where nothing matches; hidden names only where the pattern itself starts so. */
  static List<FileStatus> matches(FileSystem files, Path pattern) throws IOException {
    boolean all = SourceListing.hidden(pattern.getName());
    return expand(files, pattern).stream()
        .filter(found -> all || !SourceListing.hidden(found.getPath().getName()))
        .toList();
  }

  private static List<FileStatus> expand(FileSystem files, Path pattern) throws IOException {
    try {
      FileStatus @Nullable [] found = files.globStatus(pattern);
      return found == null ? List.of() : List.of(found);
    } catch (IllegalArgumentException e) {
      // Hadoop's own globs fail on every folder that holds a name with a colon (HADOOP-14217).
      return expandByPart(files, files.makeQualified(pattern));
    } catch (IOException e) {
      // An unclosed bracket is a plain name to everyone but Hadoop, and there is no such file.
      if (String.valueOf(e.getMessage()).startsWith("Illegal file pattern")) {
        return List.of();
      }
      throw e;
    }
  }

  /** Part by part; unlike Hadoop's, braces here do not reach over a slash. */
  private static List<FileStatus> expandByPart(FileSystem files, Path pattern) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    Path root = files.makeQualified(new Path("/"));
    found.add(files.getFileStatus(root));
    for (String part : pattern.toUri().getPath().split("/", -1)) {
      if (!part.isEmpty()) {
        List<FileStatus> below = new ArrayList<>();
        for (FileStatus parent : found) {
          if (parent.isDirectory()) {
            addMatches(files, parent.getPath(), part, below);
          }
        }
        found = below;
      }
    }
    return found;
  }

  private static void addMatches(FileSystem files, Path parent, String part, List<FileStatus> to)
      throws IOException {
    GlobPattern glob = new GlobPattern(part);
    if (glob.hasWildcard() || part.contains("\\")) {
      for (FileStatus child : files.listStatus(parent)) {
        if (glob.matches(child.getPath().getName())) {
          to.add(child);
        }
      }
      return;
    }
    try {
      to.add(files.getFileStatus(new Path(parent, "./" + part)));
    } catch (FileNotFoundException e) {
      // A part that does not exist matches nothing; it is the caller who says so.
      return;
    }
  }
}
