package org.headct.ich.domain.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A key below {@code datasets}, split into the dataset's name and the rest.
 *
 * @param name name of the dataset
 * @param rest {@code images}, or the key that the dataset sets for itself, such as {@code
 *     split.seed}; empty if the key ends with the name
 */
record DatasetKey(String name, String rest) {
  /** The section that defines datasets. */
  static final String SECTION = "datasets";

  /** The last part of the key that says which slices belong to a dataset. */
  static final String IMAGES = "images";

  private static final String NAME = "[a-z][a-z0-9-]*";
  private static final List<String> OWN = List.of("select.", "split.", "tensors.");
  private static final Set<String> SHARED =
      Set.of("select.datasets", "select.kinds", "tensors.datasets");

  /** Returns the key {@code datasets.<name>.images}. */
  static DatasetKey images(String name) {
    return new DatasetKey(name, IMAGES);
  }

  /** Splits a key; returns empty if it is not below {@code datasets} or not a valid key. */
  static Optional<DatasetKey> of(String key) {
    if (!key.startsWith(SECTION + ".")) {
      return Optional.empty();
    }
    try {
      List<String> path = ConfigUtil.splitPath(key);
      return Optional.of(
          new DatasetKey(path.get(1), String.join(".", path.subList(2, path.size()))));
    } catch (ConfigException.BadPath e) {
      // The loader reports an invalid key.
      return Optional.empty();
    }
  }

  /** Returns whether the name is allowed for a dataset. */
  boolean wellNamed() {
    return name.matches(NAME);
  }

  /** Selects the keys that may follow {@code datasets.<name>.}. */
  static List<String> choices(Collection<String> keys) {
    return Stream.concat(
            Stream.of(IMAGES),
            keys.stream()
                .filter(key -> OWN.stream().anyMatch(key::startsWith))
                .filter(key -> !SHARED.contains(key)))
        .toList();
  }

  /** Returns the whole key as users type it. */
  String text() {
    return rest.isEmpty() ? SECTION + "." + name : SECTION + "." + name + "." + rest;
  }
}
