package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.headct.ich.domain.error.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Typed, checked access to the resolved configuration. Only the records of this package read it;
 * each complaint names the key, the allowed values, the value found, and the place it came from.
 */
public final class Settings {
  private final Config config;

  /** Name of the dataset whose view this is; null: of none. */
  private final @Nullable String dataset;

  /** What that dataset has of its own. */
  private final Config own;

  private final SettingErrors complaints;

  Settings(Config resolved) {
    this(resolved, null, ConfigFactory.empty());
  }

  private Settings(Config resolved, @Nullable String dataset, Config own) {
    this.config = resolved;
    this.dataset = dataset;
    this.own = own;
    this.complaints = new SettingErrors(resolved, this::typed);
  }

  /**
   * The settings as one dataset sees them: its own values, {@code datasets.<name>.tensors.size},
   * stand where those of all do, {@code tensors.size}. Of the definitions it shows only that
   * dataset's, so that {@link #hash} tells of nothing else.
   *
   * @throws UserException if no dataset has that name
   */
  public Settings dataset(String name) {
    if (!datasets().contains(name)) {
      throw new UserException(
          "no dataset is named %s, only %s: define it with --set datasets.NAME.images=all"
              .formatted(name, String.join(", ", datasets())));
    }
    String images = DatasetKey.images(name).text();
    Config values =
        config.getConfig(new DatasetKey(name, "").text()).withoutPath(DatasetKey.IMAGES);
    return new Settings(
        values
            .withFallback(config.withoutPath(DatasetKey.SECTION))
            .withFallback(config.withOnlyPath(images)),
        name,
        values);
  }

  /** Names of the datasets that are defined, sorted. */
  public Set<String> datasets() {
    return new TreeSet<>(config.getObject(DatasetKey.SECTION).keySet());
  }

  /**
   * The same with another value, as the experiment gives its trainings theirs.
   *
   * @param value a text, number, flag or list of texts
   */
  public Settings with(String key, Object value) {
    if (!config.hasPathOrNull(key)) {
      throw new IllegalArgumentException("no key " + key);
    }
    return new Settings(
        config.withValue(key, ConfigValueFactory.fromAnyRef(value, "the command itself")),
        dataset,
        own);
  }

  /** A key as the user typed it, who may have set it for one dataset alone. */
  private String typed(String key) {
    return dataset != null && own.hasPathOrNull(key) ? new DatasetKey(dataset, key).text() : key;
  }

  /** Whether the user gave a value, in a file or by {@code --set}, where there is a default. */
  boolean isSet(String key) {
    return config.hasPath(key) && config.getValue(key).origin().resource() == null;
  }

  /** {@code key = value (place)}, of one that {@link #isSet}. */
  String asSet(String key, String value) {
    return "%s = %s (%s)"
        .formatted(typed(key), value, SettingErrors.place(config.getValue(key).origin()));
  }

  /** The text under {@code key}, possibly empty. */
  public String text(String key) {
    return complaints.read(key, "a text", () -> config.getString(key)).strip();
  }

  /** The text under {@code key}; an empty one is a mistake of the user. */
  public String requiredText(String key) {
    String value = text(key);
    if (value.isEmpty()) {
      throw new UserException(
          "%1$s is empty: set it with --set %1$s=VALUE or in --config".formatted(typed(key)));
    }
    return value;
  }

  /** The non-blank texts of a list; a single value counts as a list of one. */
  public List<String> texts(String key) {
    return complaints.read(key, "a list of texts", () -> list(key)).stream()
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private List<String> list(String key) {
    return config.getValue(key).valueType() == ConfigValueType.STRING
        ? List.of(config.getString(key))
        : config.getStringList(key);
  }

  /** A non-empty {@link #texts list}. */
  public List<String> requiredTexts(String key) {
    List<String> values = texts(key);
    if (values.isEmpty()) {
      throw new UserException(
          "%1$s is empty: set it with --set %1$s=VALUE[,VALUE...] or in --config"
              .formatted(typed(key)));
    }
    return values;
  }

  /** A whole number in [{@code min}, {@code max}]. */
  public int integer(String key, int min, int max) {
    long value = seed(key);
    if (value < min || value > max) {
      throw outOfRange(key, "in [" + min + ", " + max + "]", value);
    }
    return (int) value;
  }

  /** Any 64-bit whole number. */
  public long seed(String key) {
    Number value = complaints.read(key, "a whole number", () -> config.getNumber(key));
    // The library would cut 128.5 down to 128 without a word.
    if (value instanceof Double && value.doubleValue() != (double) value.longValue()) {
      throw outOfRange(key, "a whole number", value);
    }
    return value.longValue();
  }

  /** A size in bytes ("64 MiB") in [{@code min}, {@code max}]. */
  public long bytes(String key, long min, long max) {
    long value = complaints.read(key, "a size such as 64 MiB", () -> config.getBytes(key));
    if (value < min || value > max) {
      throw outOfRange(key, "in [" + min + ", " + max + "] bytes", value);
    }
    return value;
  }

  /** A number in [{@code min}, {@code max}]. */
  public double number(String key, double min, double max) {
    double value = complaints.read(key, "a number", () -> config.getDouble(key));
    if (!(value >= min && value <= max)) {
      throw outOfRange(key, "in [" + min + ", " + max + "]", value);
    }
    return value;
  }

  /** A non-empty list of different numbers in [{@code min}, {@code max}]. */
  public List<Double> numbers(String key, double min, double max) {
    return requiredTexts(key).stream().map(text -> parsed(key, text, min, max)).distinct().toList();
  }

  /** A non-empty list of different whole numbers in [{@code min}, {@code max}]. */
  public List<Integer> integers(String key, int min, int max) {
    List<Double> values = numbers(key, min, max);
    values.stream()
        .filter(value -> value != Math.rint(value))
        .findFirst()
        .ifPresent(
            value -> {
              throw outOfRange(key, "whole numbers", value);
            });
    return values.stream().map(Double::intValue).toList();
  }

  private double parsed(String key, String text, double min, double max) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw outOfRange(key, "a list of numbers", text);
    }
    if (!(value >= min && value <= max)) {
      throw outOfRange(key, "in [" + min + ", " + max + "] each", text);
    }
    return value;
  }

  /** A part in (0, 1]. */
  public double part(String key) {
    double value = complaints.read(key, "a number", () -> config.getDouble(key));
    if (!(value > 0 && value <= 1)) {
      throw outOfRange(key, "in (0, 1]", value);
    }
    return value;
  }

  /** true or false. */
  public boolean flag(String key) {
    return complaints.read(key, "true or false", () -> config.getBoolean(key));
  }

  /** One of an enum's names, in kebab case: {@code CLASS_WEIGHTS} is written class-weights. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choiceOf(key, type, text(key), "");
  }

  /** Returns one of an enum's names, in kebab case; empty where the value is {@code auto}. */
  public <E extends Enum<E>> Optional<E> choiceOrAuto(String key, Class<E> type) {
    String name = text(key);
    return name.equals("auto")
        ? Optional.empty()
        : Optional.of(choiceOf(key, type, name, "auto, "));
  }

  /** A non-empty list of an enum's names, in kebab case. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    return requiredTexts(key).stream()
        .map(name -> choiceOf(key, type, name, ""))
        .distinct()
        .toList();
  }

  private <E extends Enum<E>> E choiceOf(String key, Class<E> type, String name, String also) {
    for (E constant : type.getEnumConstants()) {
      if (kebab(constant).equals(name)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Settings::kebab).toList();
    throw outOfRange(key, "one of " + also + String.join(", ", names), name);
  }

  /** A free map of texts, such as {@code catalog.properties}. */
  public Map<String, String> map(String key) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> e :
        complaints.read(key, "a section", () -> config.getConfig(key)).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(e.getKey()));
      values.put(name, String.valueOf(e.getValue().unwrapped()));
    }
    return values;
  }

  /** The complaint for a value of {@code key} that a record found wrong by a rule of its own. */
  public UserException outOfRange(String key, String allowed, Object got) {
    return complaints.outOfRange(key, allowed, got);
  }

  /** The whole configuration as one line of JSON with sorted keys. */
  public String toJson() {
    return config.root().render(ConfigRenderOptions.concise());
  }

  /** Name of an enum's constant as people type it. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * First 16 hexadecimal digits of the SHA-256 over the keys under the given prefixes: equal
   * exactly when a run would do the same. Without prefixes, over all keys. What a dataset has of
   * its own counts with the keys that it stands for; {@code datasets} itself counts which images
   * belong to each.
   */
  public String hash(String... prefixes) {
    return SettingsHash.of(config, prefixes);
  }
}
