package org.headct.ich.jobs.nd4j;

import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceInformation;
import org.headct.ich.domain.config.TrainConfig.DeviceChoice;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.nd4j.Nd4jRuntime;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The GPU that Spark gave to a task ({@code spark.task.resource.gpu.amount}) becomes ND4J's device
 * of the task's thread. Left to itself ND4J deals devices to threads in turn and knows nothing of
 * other executors on the machine.
 */
public final class TaskDevice {
  /** Spark's name of the resource, and its amount for each task. */
  private static final String RESOURCE = "gpu";

  public static final String AMOUNT = "spark.task.resource.gpu.amount";

  static {
    Nd4jRuntime.prepare();
  }

  private TaskDevice() {}

  /**
   * Whether this jar, and what Spark gives, can do what {@code train.device} asks.
   *
   * @param cudaJar whether the jar has the CUDA backend instead of the CPU's
   * @param local whether Spark runs in one process, where it deals no GPUs and ND4J does
   * @param gpusATask the value of {@link #AMOUNT}; "0" for none
   * @throws UserException if not
   */
  public static void check(DeviceChoice device, boolean cudaJar, boolean local, String gpusATask) {
    if (device == DeviceChoice.GPU && !cudaJar) {
      throw new UserException(
          "train.device = gpu, and this jar computes on the CPU: build one with"
              + " ./mvnw -Pcuda -Pquick package, or set train.device=auto");
    }
    if (device == DeviceChoice.CPU && cudaJar) {
      throw new UserException(
          "train.device = cpu, and this jar computes on CUDA alone: build one with"
              + " ./mvnw -Pquick package, or set train.device=auto");
    }
    if (device == DeviceChoice.GPU && !local && gpusATask.equals("0")) {
      throw new UserException(
          "train.device = gpu, and Spark gives its tasks none: submit with the settings of"
              + " conf/gpu.properties, "
              + AMOUNT
              + "=1 among them");
    }
  }

  /** The rows unchanged; each task takes its GPU before it computes anything of them. */
  public static <T> JavaRDD<T> taken(JavaRDD<T> rows) {
    return rows.mapPartitions(
        part -> {
          take();
          return part;
        },
        true);
  }

  /**
   * Sets ND4J's device of the calling task's thread. Nothing on the CPU, outside a task, or where
   * Spark gave none.
   */
  public static void take() {
    TaskContext task = TaskContext.get();
    ResourceInformation given = task == null ? null : task.resourcesJMap().get(RESOURCE);
    if (given == null || Nd4j.getExecutioner().type() != ExecutionerType.CUDA) {
      return;
    }
    OptionalInt index =
        index(
            List.of(given.addresses()),
            System.getenv("CUDA_VISIBLE_DEVICES"),
            Nd4j.getAffinityManager().getNumberOfDevices());
    index.ifPresent(device -> Nd4j.getAffinityManager().unsafeSetDevice(device));
  }

  /**
   * ND4J's number of a device.
   *
   * @param addresses what the discovery script printed of the GPUs that the task was given: the
   *     numbers of {@code nvidia-smi}
   * @param visible CUDA_VISIBLE_DEVICES, which hides devices from CUDA and numbers the rest anew,
   *     while {@code nvidia-smi} goes on with the old numbers; null or empty for no hiding
   * @param devices that ND4J sees
   * @return empty for no address
   * @throws UserException for two addresses, for one that is no number, and for a device that ND4J
   *     does not see
   */
  static OptionalInt index(List<String> addresses, @Nullable String visible, int devices) {
    if (addresses.isEmpty()) {
      return OptionalInt.empty();
    }
    if (addresses.size() > 1) {
      throw new UserException(
          "%s: a task computes on one GPU and was given %d (%s); set it to 1 or less"
              .formatted(AMOUNT, addresses.size(), String.join(", ", addresses)));
    }
    String address = addresses.get(0).strip();
    int index = visible == null || visible.isBlank() ? number(address) : place(address, visible);
    if (index >= devices) {
      throw new UserException(
          "spark.executor.resource.gpu: Spark gave the task GPU %s, and ND4J sees %d device(s): compare nvidia-smi -L with ich doctor on that machine"
              .formatted(address, devices));
    }
    return OptionalInt.of(index);
  }

  private static int number(String address) {
    if (!address.matches("\\d{1,4}")) {
      throw new UserException(
          "spark.executor.resource.gpu.discoveryScript: an address must be a number of nvidia-smi, got %s: use deploy/bin/gpu-addresses"
              .formatted(address));
    }
    return Integer.parseInt(address);
  }

  /** CUDA ends the list at the first number that is not one. */
  private static int place(String address, String visible) {
    number(address);
    int place = List.of(visible.strip().split("\\s*,\\s*")).indexOf(address);
    if (place < 0) {
      throw new UserException(
          "CUDA_VISIBLE_DEVICES=%s hides GPU %s, which Spark gave the task: unset it on executors, Spark deals the GPUs"
              .formatted(visible, address));
    }
    return place;
  }
}
