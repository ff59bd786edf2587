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
 * The backend that computes in this JVM.
 *
 * @param backend {@code CPU} or {@code CUDA}
 * @param convolutionHelper class that Deeplearning4j's own convolutions run on, or "none"
 * @param oneDnn version of oneDNN that networks run on from end to end, or why they do not
 * @param devices number of CUDA devices; 1 for the CPU
 * @param ompThreads number of threads that one native operation may use; should be 1 if each core
 *     runs a task
 * @param gpus name, memory and compute capability of each CUDA device, one line each
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
   * Describes the backend, by building a small convolution layer. Loads the native library.
   *
   * @throws UserException if this is a CUDA build and the machine lacks a library that CUDA needs
   */
  public static Backend describe() {
    if (CudaBackend.inJar()) {
      CudaBackend.missing()
          .ifPresent(
              library -> {
                throw new UserException(
                    "this jar computes on CUDA, but this machine cannot load %s: install an NVIDIA driver and CUDA 11.6 on every machine, including the driver's, or build for the CPU with ./mvnw -Pquick package"
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

  /**
   * Returns whether Deeplearning4j's convolutions run on oneDNN (CPU). A CUDA backend never has a
   * helper in M2.1.
   */
  public boolean accelerated() {
    return !convolutionHelper.equals(NONE);
  }

  /**
   * Returns one line for a log or for doctor. If the CPU does not use oneDNN, it names the remedy.
   */
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
