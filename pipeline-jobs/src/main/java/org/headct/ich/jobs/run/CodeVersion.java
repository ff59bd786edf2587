package org.headct.ich.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the running code, with its commit if the build knew it. */
public final class CodeVersion {
  private static final String RESOURCE = "build.properties";

  private CodeVersion() {}

  /** Returns the version, such as {@code 0.1.0+1a2b3c4}. A build outside git has no commit. */
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
