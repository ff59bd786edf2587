package org.headct.ich.networks;

/**
 * The convolution at which a bottleneck block (1×1, 3×3, 1×1) halves the picture. Applies to
 * ResNet-50 and deeper.
 */
public enum BottleneckStride {
  /** The first 1×1 ("v1"), as in He et al. 2016 and the weights of keras.applications. */
  CONV_1X1,
  /** The 3×3 ("v1.5"), as in torchvision; half a per cent better on ImageNet. */
  CONV_3X3
}
