package org.headct.ich.jobs.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The real systems beside this project that {@code .ci/parts} installs, such as Apache's own Spark.
 * A test that asks for a missing part is skipped, or fails if {@code ICH_REQUIRE_PARTS=1}.
 */
public final class Parts {
  private Parts() {}

  /**
   * Returns the Python environment of a part.
   *
   * @param name a file of {@code src/test/parts} without {@code .txt}
   */
  public static Path of(String name) {
    String set = System.getenv("ICH_PARTS");
    Path part =
        (set == null ? Repository.top().resolve("target/parts") : Path.of(set)).resolve(name);
    boolean there = Files.exists(part.resolve("installed.txt"));
    String missing = "%s is missing: .ci/parts %s installs it".formatted(part, name);
    if (!there && "1".equals(System.getenv("ICH_REQUIRE_PARTS"))) {
      throw new AssertionError("ICH_REQUIRE_PARTS is set, but " + missing);
    }
    Assumptions.assumeTrue(there, missing);
    return part;
  }

  /** Returns a part's interpreter. */
  public static Path python(String name) {
    return of(name).resolve("bin/python");
  }
}
