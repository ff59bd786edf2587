package org.headct.ich.networks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.headct.ich.domain.error.UserException;

/** The networks that {@code train.network} can name, in lower case with hyphens. */
public enum NetworkName {
  /** Four 3×3 convolutions and two dense layers (the CNN of the CQ500 paper). */
  CNN4,
  /** CNN4 with batch norm after each convolution; the thesis's first experiment uses it. */
  CNN4_BN,
  /** Configuration D of Simonyan and Zisserman 2015: 13 convolutions, three dense layers. */
  VGG_16,
  RESNET_18,
  RESNET_34,
  RESNET_50,
  RESNET_101,
  RESNET_152,
  /** Two ResNet-18, for small machines. See {@link DoubleBranch}. */
  DOUBLE_RESNET_18,
  /** Two ResNet-50 (Sage and Badura 2020). */
  DOUBLE_RESNET_50;

  /** Returns the configured name, such as {@code resnet-18}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the network with a configured name. Hyphens are optional: {@code resnet18} works too.
   */
  public static NetworkName ofKey(String key) {
    String wanted = key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    return Arrays.stream(values())
        .filter(n -> n.key().replace("-", "").equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "train.network must be one of %s, got '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(NetworkName::key)
                                .collect(Collectors.joining(", ")),
                            key)));
  }
}
