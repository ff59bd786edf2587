package org.headct.ich.networks;

/** The convolution at which a bottleneck (1×1, 3×3, 1×1) halves the picture. ResNet-50 and up. */
public enum BottleneckStride {
  /** The first 1×1: He et al. 2016, and the weights of keras.applications ("v1"). */
  CONV_1X1,
  /** The 3×3, as in torchvision ("v1.5"): half a per cent better on ImageNet. */
  CONV_3X3
}
