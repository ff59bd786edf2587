package org.headct.ich.domain.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A key below {@code datasets}: whose it is, and what of it.
 *
 * @param name of the dataset
 * @param rest {@code images}, or the key that the dataset has a value of its own of; empty where
 *     the key ends with the name
 */
record DatasetKey(String name, String rest) {
  /** The section that defines datasets. */
  static final String SECTION = "datasets";

  /** Which of the slices belong. */
  static final String IMAGES = "images";

  private static final String NAME = "[a-z][a-z0-9-]*";
  private static final List<String> OWN = List.of("select.", "split.", "tensors.");
  private static final Set<String> SHARED = Set.of("select.datasets", "tensors.datasets");

  /** The key {@code datasets.<name>.images}. */
  static DatasetKey images(String name) {
    return new DatasetKey(name, IMAGES);
  }

  /** Takes a key apart; empty where it is none of {@code datasets}, or no key at all. */
  static Optional<DatasetKey> of(String key) {
    if (!key.startsWith(SECTION + ".")) {
      return Optional.empty();
    }
    try {
      List<String> path = ConfigUtil.splitPath(key);
      return Optional.of(
          new DatasetKey(path.get(1), String.join(".", path.subList(2, path.size()))));
    } catch (ConfigException.BadPath e) {
      // The loader says so, as of any other key.
      return Optional.empty();
    }
  }

  /** Whether a dataset may be named so. */
  boolean wellNamed() {
    return name.matches(NAME);
  }

  /** What may stand behind {@code datasets.<name>.}, of the keys that there are. */
  static List<String> choices(Collection<String> keys) {
    return Stream.concat(
            Stream.of(IMAGES),
            keys.stream()
                .filter(key -> OWN.stream().anyMatch(key::startsWith))
                .filter(key -> !SHARED.contains(key)))
        .toList();
  }

  /** As people type it. */
  String text() {
    return rest.isEmpty() ? SECTION + "." + name : SECTION + "." + name + "." + rest;
  }
}
