package org.headct.ich.domain.config;

import java.util.List;
import java.util.Optional;
import org.headct.ich.domain.error.UserException;

/**
 * A dataset that {@code datasets.<name>} defines. What else it has of its own, {@link
 * Settings#dataset} lays over the keys of {@code select}, {@code split} and {@code tensors}.
 *
 * @param name as in the tables' {@code dataset} column: a-z, then a-z, 0-9 and dashes
 * @param images which of the annotated middle slices belong
 */
public record DatasetDefinition(String name, Images images) {

  /** Which of the annotated middle slices belong to a dataset. */
  public enum Images {
    /** All of them. */
    ALL,
    /** Those with {@code any} = 1, in the split that all of them have. */
    POSITIVE
  }

  /**
   * The datasets that a list names, each once, in its order.
   *
   * @param key of the list, such as {@code select.datasets}
   * @throws UserException if the list is empty or names one that is not defined
   */
  public static List<DatasetDefinition> listed(Settings settings, String key) {
    List<String> names = settings.texts(key);
    if (names.isEmpty()) {
      throw settings.outOfRange(key, "one or more of " + known(settings), "none");
    }
    return names.stream().distinct().map(name -> defined(settings, key, name)).toList();
  }

  /**
   * The dataset that a key names.
   *
   * @throws UserException if it is not defined
   */
  public static DatasetDefinition named(Settings settings, String key) {
    return defined(settings, key, settings.text(key));
  }

  /** The dataset of that name, if it is defined. */
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
                    "one of %s (another is defined by --set datasets.NAME.images=all)"
                        .formatted(known(settings)),
                    name));
  }

  private static String known(Settings settings) {
    return String.join(", ", settings.datasets());
  }
}
