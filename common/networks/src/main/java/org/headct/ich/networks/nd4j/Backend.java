package org.headct.ich.networks.nd4j;

import java.io.Serializable;
import java.util.List;
import java.util.Properties;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.networks.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * What computes in this JVM.
 *
 * @param backend {@code CPU} or {@code CUDA}
 * @param convolutionHelper the class that Deeplearning4j's own convolutions run on, or "none"
 * @param oneDnn version of oneDNN that networks run on from end to end, or why they don't
 * @param devices CUDA devices, or 1 for the CPU
 * @param ompThreads threads that one native operation may use; one task a core wants 1
 * @param gpus name, memory and compute capability of each CUDA device, a line each
 */
public record Backend(
    String backend,
    String convolutionHelper,
    String oneDnn,
    int devices,
    int ompThreads,
    List<String> gpus)
    implements Serializable {
  static final String NONE = "none";

  static {
    Nd4jRuntime.prepare();
  }

  public Backend {
    gpus = List.copyOf(gpus);
  }

  /**
   * Looks at a small convolution layer as it is really built here; loads the native library.
   *
   * @throws UserException if this is a CUDA build and the machine lacks what CUDA needs
   */
  public static Backend describe() {
    if (CudaBackend.inJar()) {
      CudaBackend.missing()
          .ifPresent(
              library -> {
                throw new UserException(
                    "this jar computes on CUDA, and here does not load: %s; install an NVIDIA driver and CUDA 11.6 on each machine, the driver's too, or build for the CPU with ./mvnw -Pquick package"
                        .formatted(library));
              });
    }
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    LayerHelper helper = probe().getLayer(0).getHelper();
    return new Backend(
        environment.getProperty("backend", "unknown"),
        helper == null ? NONE : helper.getClass().getSimpleName(),
        OneDnn.describe(),
        Math.max(1, Nd4j.getAffinityManager().getNumberOfDevices()),
        Nd4j.getEnvironment().maxThreads(),
        CudaBackend.gpus(environment).stream().map(CudaBackend.Gpu::line).toList());
  }

  /** Whether convolutions run on oneDNN (CPU); a CUDA backend has no helper in M2.1 either way. */
  public boolean accelerated() {
    return !convolutionHelper.equals(NONE);
  }

  /** One line for a log or for doctor; says so, with the remedy, when oneDNN is not in use. */
  public String summary() {
    String base =
        "ND4J on %s, %d device(s), %d native thread(s) a task, oneDNN %s, convolution helper of DL4J: %s"
                .formatted(backend, devices, ompThreads, oneDnn, convolutionHelper)
            + (gpus.isEmpty() ? "" : "; " + String.join("; ", gpus));
    if (accelerated() || !backend.equals("CPU")) {
      return base;
    }
    return base
        + "; training runs 3 to 4 times slower than it could: start the JVM with "
        + "-Dorg.eclipse.deeplearning4j.helpers.disable=false and the onednn classifier of nd4j-native";
  }

  private static MultiLayerNetwork probe() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .nOut(1)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build());
    net.init();
    return net;
  }
}
