package org.headct.ich.networks.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;

/** Facts about ND4J's CUDA backend that need no GPU, and about the GPUs that it sees. */
public final class CudaBackend {
  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  /**
   * The JavaCPP classes of the libraries that the backend links, in the order of their
   * dependencies.
   */
  private static final List<String> LIBRARIES = List.of("cudart", "cublas", "cusolver");

  /**
   * The compute capabilities for which libnd4jcuda.so of nd4j-cuda-11.6 1.0.0-M2.1 holds machine
   * code, as listed in its section .nv_fatbin. It holds no PTX, which a driver could compile for
   * others.
   */
  private static final List<String> COMPILED =
      List.of("3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6");

  private CudaBackend() {}

  /**
   * A GPU as ND4J sees it.
   *
   * @param index ND4J's number of the GPU
   * @param name its model name
   * @param bytes size of its memory in bytes
   * @param capability compute capability, such as 8.6
   */
  public record Gpu(int index, String name, long bytes, String capability) {
    /** Returns one line for people. */
    public String line() {
      return "%d: %s, %,d MiB, compute capability %s"
          .formatted(index, name, bytes >> 20, capability);
    }
  }

  /** Returns whether this jar was built with the CUDA backend; a jar has only one backend. */
  public static boolean inJar() {
    return CudaBackend.class.getClassLoader().getResource(BACKEND) != null;
  }

  /**
   * Returns the first native library that does not load on this machine, with the linker's message.
   * Later libraries depend on it. Empty if all load.
   */
  public static Optional<String> missing() {
    for (String library : LIBRARIES) {
      try {
        Class.forName("org.bytedeco.cuda.global." + library);
      } catch (ClassNotFoundException | LinkageError e) {
        return Optional.of(library + " (" + reason(e) + ")");
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the linker's "libX.so: cannot open ..." without the path of JavaCPP's cache before it.
   */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.replaceFirst("^.*/libjni[^:]*: ", "");
  }

  /**
   * Returns whether the backend's code runs on a GPU of this capability. Machine code for X.y runs
   * on X.z with z ≥ y (CUDA C++ Programming Guide, "Binary Compatibility").
   *
   * @param capability compute capability, such as 9.0
   */
  public static boolean runsOn(String capability) {
    String[] asked = capability.strip().split("\\.");
    return COMPILED.stream()
        .map(one -> one.split("\\."))
        .anyMatch(
            one ->
                one[0].equals(asked[0]) && Integer.parseInt(one[1]) <= Integer.parseInt(asked[1]));
  }

  /** Returns the compute capabilities that the backend supports, for messages. */
  public static String compiledFor() {
    return "compute capability "
        + String.join(", ", COMPILED)
        + " and later ones of the same first number";
  }

  /**
   * Returns the GPUs in the result of {@code Nd4j.getExecutioner().getEnvironmentInformation()}.
   */
  static List<Gpu> gpus(Properties environment) {
    List<Gpu> gpus = new ArrayList<>();
    if (environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> devices) {
      for (Object device : devices) {
        Map<?, ?> facts = (Map<?, ?>) device;
        gpus.add(
            new Gpu(
                gpus.size(),
                String.valueOf(facts.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
                number(facts, Nd4jEnvironment.CUDA_TOTAL_MEMORY_KEY),
                number(facts, Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)
                    + "."
                    + number(facts, Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)));
      }
    }
    return gpus;
  }

  private static long number(Map<?, ?> facts, String key) {
    return facts.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
