package org.headct.ich.domain.training;

/**
 * The networks that {@code train.network} can name. People type a constant's name in lower case,
 * with a hyphen for an underscore.
 *
 * <p>A new network touches four places:
 *
 * <ol>
 *   <li>a constant here, with the number of windows that it needs;
 *   <li>its layers: a case in {@code Networks.features} of the module networks, which does not
 *       compile without it;
 *   <li>its name in the list above {@code network} in {@code reference.conf}; {@code
 *       TrainConfigTest} fails without it;
 *   <li>a row in {@code ParameterCountIT}, if a number of parameters is published.
 * </ol>
 */
public enum NetworkName {
  /** Four 3×3 convolutions and two dense layers (the CNN of the CQ500 paper). */
  CNN4(1),
  /** CNN4 with batch norm after each convolution, for the thesis's first experiment. */
  CNN4_BN(1),
  /** Configuration D of Simonyan and Zisserman 2015: 13 convolutions, three dense layers. */
  VGG16(1),
  RESNET18(1),
  RESNET34(1),
  RESNET50(1),
  RESNET101(1),
  RESNET152(1),
  /** Two ResNet-18 with joined features, for small machines. */
  DOUBLE_RESNET18(2),
  /** Two ResNet-50 with joined features (Sage and Badura 2020). */
  DOUBLE_RESNET50(2);

  private final int leastWindows;

  NetworkName(int leastWindows) {
    this.leastWindows = leastWindows;
  }

  /** Returns the number of windows that a slice must have at least. */
  public int leastWindows() {
    return leastWindows;
  }

  /** Returns the name that people type: {@code double-resnet18}. */
  public String key() {
    return Keys.of(this);
  }
}
