package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Gives {@code org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper} of M2.1 the class that it asks
 * for by reflection. M2 moved it to {@code org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu}; without
 * this class every convolution silently leaves oneDNN and training is three to four times slower.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The one question that the helper asks. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** Called by reflection. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** True on a CPU backend that allows its helpers; the binary we ship is built with oneDNN. */
    public boolean isUseMKLDNN() {
      return Nd4j.getEnvironment().isCPU() && Nd4j.getEnvironment().helpersAllowed();
    }
  }
}
