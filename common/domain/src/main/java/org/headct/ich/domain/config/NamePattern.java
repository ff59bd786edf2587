package org.headct.ich.domain.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import org.headct.ich.domain.error.UserException;

/**
 * A glob for file names without folders: {@code *}, {@code ?}, {@code [a-z]}, {@code {a,b}}.
 *
 * @param glob glob as the user wrote it
 */
public record NamePattern(String glob) {
  /**
   * Reads the glob of a key.
   *
   * @throws UserException if it is not a valid glob
   */
  static NamePattern from(Settings settings, String key) {
    String glob = settings.requiredText(key);
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw settings.outOfRange(key, "a glob such as *train*.csv*", glob);
    }
    return new NamePattern(glob);
  }

  /** Returns whether a file name matches. */
  public boolean matches(String name) {
    // A name in an archive may hold NUL, but a path cannot.
    return name.indexOf(0) < 0
        && FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }
}
