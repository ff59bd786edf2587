package org.headct.ich.networks.nd4j;

import java.util.Map;

/**
 * The system properties that ND4J and Deeplearning4j need before their first class is loaded. A
 * property that is already set stays, so {@code -D} in Spark's extraJavaOptions wins. Classes that
 * run on executors call {@link #prepare()} in their static initialiser.
 */
public final class Nd4jRuntime {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Without this, M2.1 never creates a oneDNN helper.
          "org.eclipse.deeplearning4j.helpers.disable", "false",
          // Without this, JavaCPP counts the Java heap as physical bytes too and fails for no
          // reason.
          "org.bytedeco.javacpp.maxphysicalbytes", "0",
          // The default asks an NTP server.
          "org.deeplearning4j.spark.time.TimeSource",
              "org.deeplearning4j.spark.time.SystemClockTimeSource");

  static {
    PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }

  private Nd4jRuntime() {}

  /** Sets the missing properties. The call is cheap and loads nothing of ND4J. */
  public static void prepare() {
    // The static initialiser has done it.
  }
}
