package org.headct.ich.domain.training;

import java.util.Locale;

/** The names of enum constants as users type them: {@code class-weights}. */
public final class Keys {
  private Keys() {}

  /** Returns a constant's name in kebab case. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
