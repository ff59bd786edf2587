package org.headct.ich.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.headct.ich.jobs.source.LocalFolders.StatusVisitor;
import org.headct.ich.jobs.source.PassedOver.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Globs in Hadoop's syntax. Hadoop's own matching returns an array, half a gigabyte for a folder of
 * 750,000 files. Here Hadoop finds only the folders; their files are visited one by one.
 */
final class Globs {
  private Globs() {}

  /**
   * Visits every match; there may be none. A name to be passed over matches only a part of the
   * pattern that starts with a dot or an underscore.
   *
   * @param passedOver counts the matches that are passed over
   */
  static void match(
      FileSystem files,
      Path pattern,
      HiddenNames hidden,
      PassedOver passedOver,
      StatusVisitor visitor)
      throws IOException {
    Path whole = files.makeQualified(pattern);
    try {
      // Braces that contain a slash become several patterns.
      for (String one : GlobExpander.expand(whole.toUri().getPath())) {
        Path last = new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), one);
        boolean isNamed = HiddenNames.isHidden(last.getName());
        StatusVisitor shown =
            found -> {
              Optional<String> match =
                  isNamed ? Optional.empty() : hidden.match(found.getPath().getName());
              if (match.isEmpty()) {
                visitor.visit(found);
              } else {
                passedOver.add(Cause.HIDDEN, match.get());
              }
            };
        for (FileStatus folder : expand(files, last.getParent())) {
          Optional<String> match = match(folder.getPath(), last.getParent(), hidden);
          if (match.isPresent()) {
            passedOver.add(Cause.HIDDEN, match.get());
          } else if (folder.isDirectory()) {
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

  /** Compares a folder part by part, because only a part that a glob found can be passed over. */
  private static Optional<String> match(Path found, Path pattern, HiddenNames hidden) {
    Path part = found;
    for (Path glob = pattern; glob != null && part != null; glob = glob.getParent()) {
      if (!HiddenNames.isHidden(glob.getName())) {
        Optional<String> match = hidden.match(part.getName());
        if (match.isPresent()) {
          return match;
        }
      }
      part = part.getParent();
    }
    return Optional.empty();
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
