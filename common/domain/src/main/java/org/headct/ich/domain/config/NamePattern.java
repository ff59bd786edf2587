package org.headct.ich.domain.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/**
 * A glob for the names of files, without folders: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * {a,b}}.
 *
 * @param glob as the user wrote it
 */
public record NamePattern(String glob) {
  /** Read from a key; a glob that is none is a mistake of the user. */
  static NamePattern from(Settings settings, String key) {
    String glob = settings.requiredText(key);
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw settings.outOfRange(key, "a glob such as *train*.csv*", glob);
    }
    return new NamePattern(glob);
  }

  /** Whether a file's name is meant. */
  public boolean matches(String name) {
    // A name in an archive may hold anything; a path can not hold NUL.
    return name.indexOf(0) < 0
        && FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }
}
