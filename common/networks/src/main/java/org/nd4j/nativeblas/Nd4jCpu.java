package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * The class that {@code org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper} of M2.1 looks up by
 * reflection. M2 moved it to {@code org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu}. Without this
 * class no convolution uses oneDNN: there is no error, but training is three to four times slower.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The environment that the helper asks about oneDNN. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** Returns the only instance; called by reflection. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /**
     * Returns true on a CPU backend that allows its helpers. The binary that we ship contains
     * oneDNN.
     */
    public boolean isUseMKLDNN() {
      return Nd4j.getEnvironment().isCPU() && Nd4j.getEnvironment().helpersAllowed();
    }
  }
}
