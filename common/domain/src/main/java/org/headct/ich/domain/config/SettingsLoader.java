package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.headct.ich.domain.error.UserException;

/**
 * Loads the configuration in layers: {@code reference.conf} of the jar, then the user's files in
 * the given order, then {@code --set}. Later layers win. A key that {@code reference.conf} lacks is
 * refused; the message suggests the nearest known key.
 */
public final class SettingsLoader {
  /** The sections in which users choose the keys. */
  private static final List<String> FREE = List.of("catalog.properties");

  private SettingsLoader() {}

  /** Returns the defaults. */
  public static Settings defaults() {
    return load(List.of(), List.of());
  }

  /**
   * Loads and checks the settings.
   *
   * @param files HOCON files; later files win
   * @param overrides {@code key=value} texts; later ones win. A value is not parsed as HOCON. A
   *     list has the forms of {@link ListText}
   * @throws UserException if a file is missing or malformed, a key is unknown, an override lacks
   *     {@code =}, a list is malformed, or a dataset lacks the key {@code images}
   */
  public static Settings load(List<Path> files, List<String> overrides) {
    Config reference =
        ConfigFactory.parseResources(
                SettingsLoader.class.getClassLoader(),
                "reference.conf",
                ConfigParseOptions.defaults().setAllowMissing(false))
            .resolve();
    Config user = ConfigFactory.empty();
    for (Path file : files) {
      user = parse(file).withFallback(user);
    }
    user = resolve(user);
    for (Map.Entry<String, ConfigValue> e : user.entrySet()) {
      check(reference, e.getKey(), e.getValue().origin().description());
    }
    for (String override : overrides) {
      user = withOverride(user, reference, override);
    }
    Config all = user.withFallback(reference);
    requireImages(all);
    return new Settings(all);
  }

  /** Checks that every dataset says which images belong to it. */
  private static void requireImages(Config all) {
    if (!all.hasPath(DatasetKey.SECTION)) {
      throw new UserException("datasets must be a section with at least one dataset, got null");
    }
    all.getObject(DatasetKey.SECTION)
        .forEach(
            (name, dataset) -> {
              checkName(DatasetKey.images(name), place(dataset));
              String images = DatasetKey.images(name).text();
              if (!all.hasPath(images)) {
                throw new UserException(
                    "datasets.%s does not say which images belong to it (%s): add --set %s=all, or =positive"
                        .formatted(name, place(dataset), images));
              }
            });
  }

  /** Returns the place of a value; for a section the place of its first key. */
  private static String place(ConfigValue value) {
    return value instanceof ConfigObject section
        ? section.entrySet().stream()
            .min(Map.Entry.comparingByKey())
            .map(first -> place(first.getValue()))
            .orElseGet(() -> SettingErrors.place(section.origin()))
        : SettingErrors.place(value.origin());
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException("--config: no such file: " + file);
    }
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException e) {
      throw new UserException("--config: " + firstLine(e), e);
    }
  }

  private static Config resolve(Config user) {
    try {
      return user.resolve();
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new UserException(
          "--config: " + firstLine(e) + ": set it in the environment or in a --config file", e);
    } catch (ConfigException e) {
      throw new UserException("--config: " + firstLine(e), e);
    }
  }

  private static String firstLine(ConfigException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private static Config withOverride(Config user, Config reference, String override) {
    int equals = override.indexOf('=');
    if (equals <= 0) {
      throw new UserException("--set takes key=value, got " + override);
    }
    String key = override.substring(0, equals).strip();
    String value = override.substring(equals + 1).strip();
    check(reference, key, "--set " + override);
    String base = DatasetKey.of(key).map(DatasetKey::rest).orElse(key);
    boolean list =
        reference.hasPath(base) && reference.getValue(base).valueType() == ConfigValueType.LIST;
    Object given = list ? ListText.items(key, value) : value;
    return user.withValue(key, ConfigValueFactory.fromAnyRef(given, "--set " + override));
  }

  private static void check(Config reference, String key, String place) {
    DatasetKey.of(key).ifPresent(own -> checkName(own, place));
    List<String> known = known(reference, key);
    if (FREE.stream().anyMatch(free -> key.startsWith(free + "."))
        || isLeaf(reference, key)
        || known.contains(key)) {
      return;
    }
    throw new UserException(
        "unknown key %s (%s); did you mean %s?".formatted(key, place, nearest(known, key)));
  }

  private static void checkName(DatasetKey key, String place) {
    if (!key.wellNamed()) {
      throw new UserException(
          "%s: a name is a lower-case letter, then lower-case letters, digits, dashes; got %s (%s)"
              .formatted(DatasetKey.SECTION, key.name(), place));
    }
  }

  /** Returns the valid keys; for a key of a dataset, the valid keys of that dataset. */
  private static List<String> known(Config reference, String key) {
    Set<String> keys = keys(reference);
    return DatasetKey.of(key)
        .map(
            own ->
                DatasetKey.choices(keys).stream()
                    .map(rest -> new DatasetKey(own.name(), rest).text())
                    .toList())
        .orElseGet(() -> List.copyOf(keys));
  }

  private static boolean isLeaf(Config reference, String key) {
    try {
      return reference.hasPath(key)
          && reference.getValue(key).valueType() != ConfigValueType.OBJECT;
    } catch (ConfigException.BadPath e) {
      throw new UserException("not a key: " + key, e);
    }
  }

  /** Returns the known key with the fewest edits from a given one. */
  static String nearest(List<String> known, String key) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(each -> distance.apply(each, key)))
        .orElseThrow();
  }

  /** Returns every key of {@code reference.conf}, sorted. */
  public static List<String> keys() {
    return new ArrayList<>(keys(ConfigFactory.parseResources("reference.conf").resolve()));
  }

  private static Set<String> keys(Config reference) {
    Set<String> keys = new TreeSet<>();
    for (Map.Entry<String, ConfigValue> e : reference.entrySet()) {
      keys.add(String.join(".", ConfigUtil.splitPath(e.getKey())));
    }
    return keys;
  }
}
