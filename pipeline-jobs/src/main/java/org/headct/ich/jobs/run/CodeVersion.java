package org.headct.ich.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which code runs: the version and, where the build knew it, the commit. */
public final class CodeVersion {
  private static final String RESOURCE = "build.properties";

  private CodeVersion() {}

  /** Such as {@code 0.1.0-SNAPSHOT+1a2b3c4}; the commit is absent in a build outside git. */
  public static String current() {
    Properties build = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = build.getProperty("commit", "");
    String version = build.getProperty("version", "unknown");
    return commit.isEmpty() || commit.startsWith("$") ? version : version + "+" + commit;
  }
}
