package org.headct.ich.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.headct.ich.domain.dicom.codec.Jpeg2000;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.run.CodeVersion;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.networks.nd4j.Backend;

/** Checks of Java, Spark and the computing backend, on the driver and on the executors. */
final class MachineChecks {
  private static final long MIN_HEAP_BYTES = 1L << 30;
  private static final int MIN_JAVA = 17;
  private static final int MAX_JAVA = 24;

  private MachineChecks() {}

  static List<Finding> run(JobContext context) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("code", CodeVersion.current()));
    findings.add(
        Finding.ok(
            "jpeg 2000",
            Jpeg2000.isPresent() ? "decoded" : "not in this jar; build it with -Pjpeg2000"));
    findings.add(java());
    findings.add(heap());
    findings.add(spark(context));
    findings.addAll(GpuChecks.run(context));
    findings.addAll(computing(context));
    return findings;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    String detail = Runtime.version() + ", " + System.getProperty("java.vendor");
    return feature >= MIN_JAVA && feature <= MAX_JAVA
        ? Finding.ok("java", detail)
        : Finding.fail(
            "java", detail, "run on a JDK 17 (JAVA_HOME); 25 and newer are known to fail");
  }

  private static Finding heap() {
    long max = Runtime.getRuntime().maxMemory();
    String detail = "%,d MiB".formatted(max >> 20);
    return max >= MIN_HEAP_BYTES
        ? Finding.ok("driver heap", detail)
        : Finding.warn("driver heap", detail, "set --driver-memory 3g or more");
  }

  private static Finding spark(JobContext context) {
    String detail =
        "%s, master %s, %d cores"
            .formatted(
                context.spark().version(),
                context.javaSpark().master(),
                context.javaSpark().defaultParallelism());
    return context.spark().version().startsWith("3.5.")
        ? Finding.ok("spark", detail)
        : Finding.warn("spark", detail, "only Spark 3.5 with Scala 2.12 is tested");
  }

  /**
   * Checks the computing backends. Executors are checked only if the driver can compute, because it
   * averages.
   */
  private static List<Finding> computing(JobContext context) {
    Backend driver;
    try {
      driver = Backend.describe();
    } catch (UserException e) {
      return List.of(
          Finding.fail("nd4j driver", String.valueOf(e.getMessage()), "follow the message"));
    }
    return List.of(backend(driver), executors(context));
  }

  private static Finding backend(Backend backend) {
    String what = "nd4j driver";
    if (backend.accelerated() || !backend.backend().equals("CPU")) {
      return Finding.ok(what, backend.summary());
    }
    return Finding.warn(what, backend.summary(), "training works, slowly");
  }

  /** Runs one task for each core, which describes its backend. */
  private static Finding executors(JobContext context) {
    int cores = context.javaSpark().defaultParallelism();
    List<Integer> tasks = IntStream.range(0, cores).boxed().toList();
    List<String> found =
        context
            .javaSpark()
            .parallelize(tasks, cores)
            .map(i -> "Java " + Runtime.version().feature() + ", " + Backend.describe().summary())
            .distinct()
            .collect();
    return found.size() == 1
        ? Finding.ok("executors", found.get(0))
        : Finding.warn(
            "executors",
            String.join(" | ", found),
            "use the same Java and hardware on all executors");
  }
}
