package org.headct.ich.domain.config;

import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.error.UserException;

/**
 * A dataset that {@code datasets.<name>} defines. {@link Settings#dataset} applies the values that
 * the dataset sets for keys of {@code select}, {@code split} and {@code tensors}.
 *
 * @param name name in the tables' {@code dataset} column: a letter a-z, then a-z, 0-9 and dashes
 * @param images annotated middle slices that belong to the dataset
 */
public record DatasetDefinition(String name, Images images) {

  /** The annotated middle slices that belong to a dataset. */
  public enum Images {
    /** Every annotated middle slice. */
    ALL,
    /** Slices with {@code any} = 1. Each is on the same side of the split as with {@link #ALL}. */
    POSITIVE
  }

  /**
   * Returns the datasets that a list names, in the order of the list, without repetitions.
   *
   * @param key key of the list, such as {@code select.datasets}
   * @throws UserException if the list is empty or names a dataset that is not defined
   */
  public static List<DatasetDefinition> listed(Settings settings, String key) {
    List<String> names = settings.texts(key);
    if (names.isEmpty()) {
      throw settings.outOfRange(key, "one or more of " + known(settings), "none");
    }
    return names.stream().distinct().map(name -> defined(settings, key, name)).toList();
  }

  /**
   * Returns the dataset that a key names.
   *
   * @throws UserException if that dataset is not defined
   */
  public static DatasetDefinition named(Settings settings, String key) {
    return defined(settings, key, settings.text(key));
  }

  /** Returns the dataset of that name, or empty if it is not defined. */
  public static Optional<DatasetDefinition> find(Settings settings, String name) {
    return settings.datasets().contains(name)
        ? Optional.of(
            new DatasetDefinition(
                name, settings.choice(DatasetKey.images(name).text(), Images.class)))
        : Optional.empty();
  }

  private static DatasetDefinition defined(Settings settings, String key, String name) {
    return find(settings, name)
        .orElseThrow(
            () ->
                settings.outOfRange(
                    key,
                    "one of %s (define another with --set datasets.NAME.images=all)"
                        .formatted(known(settings)),
                    name));
  }

  private static String known(Settings settings) {
    return String.join(", ", settings.datasets());
  }
}
