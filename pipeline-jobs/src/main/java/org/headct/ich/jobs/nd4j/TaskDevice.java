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
 * The GPU that Spark gave to a task ({@code spark.task.resource.gpu.amount}), set as ND4J's device
 * of the task's thread. By default ND4J assigns devices to threads in turn and ignores other
 * executors on the machine.
 */
public final class TaskDevice {
  /** The name of Spark's GPU resource. */
  private static final String RESOURCE = "gpu";

  /** The setting for the number of GPUs of a task. */
  public static final String AMOUNT = "spark.task.resource.gpu.amount";

  static {
    Nd4jRuntime.prepare();
  }

  private TaskDevice() {}

  /**
   * Checks that this jar and Spark's resources satisfy {@code train.device}.
   *
   * @param cudaJar true if the jar has the CUDA backend instead of the CPU's
   * @param local true if Spark runs in one process; then Spark assigns no GPUs, but ND4J does
   * @param gpusATask value of {@link #AMOUNT}; "0" for none
   * @throws UserException if they do not
   */
  public static void check(DeviceChoice device, boolean cudaJar, boolean local, String gpusATask) {
    if (device == DeviceChoice.GPU && !cudaJar) {
      throw new UserException(
          "train.device = gpu, but this jar computes on the CPU: build one with"
              + " ./mvnw -Pcuda -Pquick package, or set train.device=auto");
    }
    if (device == DeviceChoice.CPU && cudaJar) {
      throw new UserException(
          "train.device = cpu, but this jar computes only on CUDA: build one with"
              + " ./mvnw -Pquick package, or set train.device=auto");
    }
    if (device == DeviceChoice.GPU && !local && gpusATask.equals("0")) {
      throw new UserException(
          "train.device = gpu, but Spark gives its tasks no GPU: submit with the settings of"
              + " conf/gpu.properties, including "
              + AMOUNT
              + "=1");
    }
  }

  /** Returns the rows unchanged; each task takes its GPU before it computes on them. */
  public static <T> JavaRDD<T> taken(JavaRDD<T> rows) {
    return rows.mapPartitions(
        part -> {
          take();
          return part;
        },
        true);
  }

  /**
   * Sets ND4J's device for the calling task's thread. Does nothing on the CPU, outside a task, or
   * if Spark gave no GPU.
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
   * Returns ND4J's number of a device.
   *
   * @param addresses addresses of the task's GPUs, as the discovery script printed them: the
   *     numbers of {@code nvidia-smi}
   * @param visible CUDA_VISIBLE_DEVICES, which hides devices from CUDA and renumbers the rest,
   *     while {@code nvidia-smi} keeps the old numbers; null or empty for no hiding
   * @param devices number of devices that ND4J sees
   * @return empty if there is no address
   * @throws UserException if there are two addresses, if an address is not a number, or if ND4J
   *     does not see the device
   */
  static OptionalInt index(List<String> addresses, @Nullable String visible, int devices) {
    if (addresses.isEmpty()) {
      return OptionalInt.empty();
    }
    if (addresses.size() > 1) {
      throw new UserException(
          "%s: a task computes on one GPU but was given %d (%s); set it to 1 or less"
              .formatted(AMOUNT, addresses.size(), String.join(", ", addresses)));
    }
    String address = addresses.get(0).strip();
    int index = visible == null || visible.isBlank() ? number(address) : place(address, visible);
    if (index >= devices) {
      throw new UserException(
          "spark.executor.resource.gpu: Spark gave the task GPU %s, but ND4J sees %d device(s): compare nvidia-smi -L with ich doctor on that machine"
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

  /**
   * Returns the position of a GPU among the visible ones. CUDA ends the list at the first entry
   * that is not a device number.
   */
  private static int place(String address, String visible) {
    number(address);
    int place = List.of(visible.strip().split("\\s*,\\s*")).indexOf(address);
    if (place < 0) {
      throw new UserException(
          "CUDA_VISIBLE_DEVICES=%s hides GPU %s, which Spark gave the task: unset it on executors, because Spark assigns the GPUs"
              .formatted(visible, address));
    }
    return place;
  }
}
