package org.headct.ich.domain.training;

import java.util.Locale;

/** Names of constants as people type them. */
final class Keys {
  private Keys() {}

  /** Returns a constant's name in kebab case. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
