package org.headct.ich.domain.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The constants of an enum as the values of a key, typed in kebab case.
 *
 * @param type the enum
 */
record Choices<E extends Enum<E>>(Class<E> type) {
  private static final String AUTO = "auto";

  /** Returns the constant of a name; any other name is a mistake of the user. */
  E named(Settings settings, String key, String name) {
    return named(settings, key, name, Stream.of());
  }

  /** Returns the constant of a name; empty for {@code auto}. */
  Optional<E> namedOrAuto(Settings settings, String key, String name) {
    return name.equals(AUTO)
        ? Optional.empty()
        : Optional.of(named(settings, key, name, Stream.of(AUTO)));
  }

  private E named(Settings settings, String key, String name, Stream<String> also) {
    for (E constant : type.getEnumConstants()) {
      if (Settings.kebab(constant).equals(name)) {
        return constant;
      }
    }
    List<String> names =
        Stream.concat(also, Arrays.stream(type.getEnumConstants()).map(Settings::kebab)).toList();
    throw settings.outOfRange(key, "one of " + String.join(", ", names), name);
  }
}
