package org.headct.ich.jobs.nd4j;

import java.util.Map;

/**
 * The system properties that ND4J and Deeplearning4j need before their first class is loaded. Set
 * here only where nobody set them, so that {@code -D} in Spark's extraJavaOptions wins. Every class
 * of this package that reaches an executor calls {@link #prepare()} in its static initialiser.
 */
public final class Nd4jRuntime {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Without it M2.1 never creates a oneDNN helper.
          "org.eclipse.deeplearning4j.helpers.disable", "false",
          // JavaCPP counts the Java heap as physical bytes too and then fails for no reason.
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

  /** Sets what is missing; cheap, and loads nothing of ND4J. */
  public static void prepare() {
    // The static initialiser has done it.
  }

  /**
   * What a Spark session that trains or scores wants: arrays in bulk through Kryo, room for the
   * parameters of a network, and the properties above on executors, which start before this class.
   */
  public static Map<String, String> sparkSettings() {
    return Map.of(
        "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
        "spark.kryo.registrator", IndArrayRegistrator.class.getName(),
        // The largest value that Spark takes; ResNet-152 with its updater state needs 0.5 GiB.
        "spark.kryoserializer.buffer.max", "2047m",
        "spark.driver.maxResultSize", "0",
        "spark.executor.extraJavaOptions", jvmOptions(),
        "spark.executorEnv.OMP_NUM_THREADS", "1");
  }

  /** The properties as {@code -D} flags, for spark.driver and spark.executor.extraJavaOptions. */
  public static String jvmOptions() {
    StringBuilder options = new StringBuilder();
    PROPERTIES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                options
                    .append("-D")
                    .append(e.getKey())
                    .append('=')
                    .append(e.getValue())
                    .append(' '));
    return options.toString().trim();
  }
}
