package org.headct.ich.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.config.TrainConfig;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.jobs.nd4j.TaskDevice;
import org.headct.ich.jobs.run.JobContext;
import org.headct.ich.networks.nd4j.CudaBackend;

/**
 * Checks of GPUs: the driver, the GPUs, whether this jar's code runs on them, and the GPUs that
 * Spark and the run request.
 */
final class GpuChecks {
  private GpuChecks() {}

  static List<Finding> run(JobContext context) {
    List<Finding> findings = new ArrayList<>(machine(NvidiaSmi.ask(), CudaBackend.inJar()));
    findings.add(asked(context));
    return findings;
  }

  /** Checks the driver's machine. Executors report their GPUs with their backend. */
  static List<Finding> machine(Optional<NvidiaSmi> found, boolean cudaJar) {
    if (found.isEmpty()) {
      String detail = "nvidia-smi finds no driver and no GPU on this machine";
      return List.of(
          cudaJar
              ? Finding.fail(
                  "nvidia driver",
                  detail,
                  "install a driver, or build for the CPU with ./mvnw -Pquick package")
              : Finding.ok("nvidia driver", "none; this jar computes on the CPU"));
    }
    NvidiaSmi smi = found.get();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "nvidia driver",
            smi.cuda().isEmpty()
                ? smi.driver()
                : "%s, runs CUDA up to %s".formatted(smi.driver(), smi.cuda())));
    findings.addAll(smi.gpus().stream().map(gpu -> gpu(gpu, cudaJar)).toList());
    return findings;
  }

  private static Finding gpu(NvidiaSmi.Gpu gpu, boolean cudaJar) {
    if (!cudaJar) {
      return Finding.ok("gpu", gpu.line() + "; this jar computes on the CPU and leaves it idle");
    }
    if (!gpu.capability().isEmpty() && !CudaBackend.runsOn(gpu.capability())) {
      return Finding.fail(
          "gpu",
          "%s; this jar's CUDA code is for %s".formatted(gpu.line(), CudaBackend.compiledFor()),
          "use another GPU, or build for the CPU with ./mvnw -Pquick package");
    }
    return Finding.ok("gpu", gpu.line());
  }

  private static Finding asked(JobContext context) {
    TrainConfig config = TrainConfig.from(context.settings());
    String executor = context.spark().conf().get("spark.executor.resource.gpu.amount", "0");
    String task = context.spark().conf().get(TaskDevice.AMOUNT, "0");
    boolean cuda = CudaBackend.inJar();
    if (!executor.equals("0") && !cuda) {
      return Finding.fail(
          "gpus of Spark",
          executor + " per executor requested, but this jar computes on the CPU",
          "build a CUDA jar with ./mvnw -Pcuda -Pquick package");
    }
    try {
      TaskDevice.check(config.device(), cuda, context.spark().sparkContext().isLocal(), task);
    } catch (UserException e) {
      return Finding.fail("train.device", String.valueOf(e.getMessage()), "follow the message");
    }
    return Finding.ok(
        "gpus of Spark",
        executor.equals("0")
            ? "none requested"
            : executor + " per executor, " + task + " per task");
  }
}
