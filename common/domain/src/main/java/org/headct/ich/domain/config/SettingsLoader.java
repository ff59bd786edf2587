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
 * Layers the configuration: {@code reference.conf} of the jar, below the user's files in the order
 * given, below {@code --set}. A key that the reference does not have is refused with the nearest
 * one that it has.
 */
public final class SettingsLoader {
  /** Sections whose keys are the user's own. */
  private static final List<String> FREE = List.of("catalog.properties");

  private SettingsLoader() {}

  /** Only the defaults. */
  public static Settings defaults() {
    return load(List.of(), List.of());
  }

  /**
   * Loads and checks.
   *
   * @param files HOCON files, the later winning
   * @param overrides {@code key=value} texts, the later winning; the value is taken as it stands,
   *     except that a list has the forms of {@link ListText}
   * @throws UserException for a missing or malformed file, an unknown key, an override without
   *     {@code =}, a malformed list, a dataset that does not say which images are its own
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

  /** A dataset's own values say nothing without the images that they are of. */
  private static void requireImages(Config all) {
    if (!all.hasPath(DatasetKey.SECTION)) {
      throw new UserException("datasets must be a section that defines some, got null");
    }
    all.getObject(DatasetKey.SECTION)
        .forEach(
            (name, dataset) -> {
              checkName(DatasetKey.images(name), place(dataset));
              String images = DatasetKey.images(name).text();
              if (!all.hasPath(images)) {
                throw new UserException(
                    "datasets.%s does not say which images are its own (%s): add --set %s=all, or =positive"
                        .formatted(name, place(dataset), images));
              }
            });
  }

  /** A section that came about by its keys has no place of its own: the first of them has one. */
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
          "--config: " + firstLine(e) + ": set it in the environment, or in a file of settings", e);
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
          "%s must be named by a letter and then letters, digits or dashes, all small, got %s (%s)"
              .formatted(DatasetKey.SECTION, key.name(), place));
    }
  }

  /** The keys that may be meant: of a dataset, its own. */
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

  private static String nearest(List<String> known, String key) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(each -> distance.apply(each, key)))
        .orElseThrow();
  }

  /** Every key of the reference, sorted: what {@code --set} takes. */
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
