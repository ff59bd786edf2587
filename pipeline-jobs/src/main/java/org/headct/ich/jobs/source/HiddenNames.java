package org.headct.ich.jobs.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule for names that begin with a dot or an underscore. Files below such a folder, and such
 * files themselves, are passed over or read.
 */
enum HiddenNames {
  /** Passes over every such name, as Hadoop does. */
  ALL {
    @Override
    Optional<String> match(String name) {
      return isHidden(name) ? Optional.of(name.charAt(0) + "*") : NONE;
    }
  },

  /**
   * Passes over only names that an operating system or a program gives to its own files. Scanners
   * and export tools name folders {@code .5mm Head} or {@code _Head 5.0}; these are read.
   */
  OF_PROGRAMS {
    @Override
    Optional<String> match(String name) {
      return isHidden(name)
          ? Stream.concat(OWN.stream(), Stream.of(RSYNC))
              .filter(own -> own.names.matcher(name).matches())
              .map(Own::text)
              .findFirst()
          : NONE;
    }
  };

  private static final Optional<String> NONE = Optional.empty();

  /**
   * Names that programs own.
   *
   * @param text the names as a report shows them
   */
  private record Own(String text, Pattern names) {
    /** Creates a glob, in which only the asterisk is special. */
    static Own of(String glob) {
      String regex =
          Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return new Own(glob, Pattern.compile(regex, Pattern.DOTALL));
    }
  }

  /** Rsync's name for an unfinished copy: a dot, the name, a dot and six random characters. */
  private static final Own RSYNC =
      new Own(
          ".*.?????? (rsync)",
          Pattern.compile("\\..+\\.(?=.+[A-Z])(?=.*[a-z])[A-Za-z0-9]{6}", Pattern.DOTALL));

  private static final List<Own> OWN =
      Stream.of(
              // macOS
              "__MACOSX",
              "._*",
              ".DS_Store",
              ".AppleDouble",
              ".AppleDB",
              ".AppleDesktop",
              ".LSOverride",
              ".Spotlight-V100",
              ".Trashes",
              ".fseventsd",
              ".TemporaryItems",
              ".DocumentRevisions-V100",
              ".PKInstallSandboxManager*",
              ".VolumeIcon.icns",
              ".apdisk",
              ".localized",
              ".com.apple.*",
              // Spark, Hadoop and table formats
              "_SUCCESS",
              "_temporary",
              "_delta_log",
              "_spark_metadata",
              "_metadata",
              "_common_metadata",
              "_committed_*",
              "_started_*",
              ".*.crc",
              ".spark-staging*",
              ".sparkStaging",
              ".hive-staging*",
              ".staging",
              ".distcp*",
              ".hoodie",
              "_distcp_logs*",
              // waste bins and snapshots of file systems
              ".Trash*",
              ".recycle",
              ".snapshot",
              ".snapshots",
              ".zfs",
              ".nfs0*",
              ".fuse_hidden*",
              ".@__thumb",
              ".thumbnails",
              // unfinished copies of rsync, and editors
              ".~tmp~",
              ".rsync-partial",
              ".~lock.*",
              ".*.swp",
              // version control and notebooks
              ".git",
              ".gitignore",
              ".gitattributes",
              ".svn",
              ".hg",
              ".ipynb_checkpoints")
          .map(Own::of)
          .toList();

  /**
   * Returns the glob that a name to be passed over matches, or empty if it is read.
   *
   * @param name one part of a path
   */
  abstract Optional<String> match(String name);

  /** Returns the match of the first part of a path that is to be passed over. */
  Optional<String> matchPath(String path) {
    int start = 0;
    while (start < path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      if (end > start && "._".indexOf(path.charAt(start)) >= 0) {
        Optional<String> match = match(path.substring(start, end));
        if (match.isPresent()) {
          return match;
        }
      }
      start = end + 1;
    }
    return NONE;
  }

  static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
