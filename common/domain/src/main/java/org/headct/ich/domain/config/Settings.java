package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.headct.ich.domain.error.UserException;
import org.headct.ich.domain.training.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Typed and checked access to the resolved configuration. Only the records of this package read it.
 * Each error names the key, the allowed values, the value found, and its place.
 */
public final class Settings {
  private final Config config;

  /** The dataset whose view this is; null for the view without a dataset. */
  private final @Nullable String dataset;

  /** The values that the dataset sets for itself. */
  private final Config own;

  private final SettingErrors errors;

  Settings(Config resolved) {
    this(resolved, null, ConfigFactory.empty());
  }

  private Settings(Config resolved, @Nullable String dataset, Config own) {
    this.config = resolved;
    this.dataset = dataset;
    this.own = own;
    this.errors = new SettingErrors(resolved, this::typed);
  }

  /**
   * Returns the settings of one dataset. Its own values, such as {@code
   * datasets.<name>.tensors.size}, replace the general ones, {@code tensors.size}. The definitions
   * of other datasets are left out, so {@link #hash} does not depend on them.
   *
   * @throws UserException if no dataset has that name
   */
  public Settings dataset(String name) {
    if (!datasets().contains(name)) {
      throw new UserException(
          "no dataset is named %s (defined: %s): define it with --set datasets.NAME.images=all"
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

  /** Returns the names of the defined datasets, sorted. */
  public Set<String> datasets() {
    return new TreeSet<>(config.getObject(DatasetKey.SECTION).keySet());
  }

  /**
   * Returns a copy with another value. {@code experiment} sets the values of its runs this way.
   *
   * @param value text, number, flag or list of texts
   * @throws IllegalArgumentException if there is no such key
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

  /** Returns the key as the user typed it, who may have set it for only one dataset. */
  private String typed(String key) {
    return dataset != null && own.hasPathOrNull(key) ? new DatasetKey(dataset, key).text() : key;
  }

  /** Returns whether the user set the value, in a file or with {@code --set}. */
  boolean isSet(String key) {
    return config.hasPath(key) && config.getValue(key).origin().resource() == null;
  }

  /** Returns {@code key = value (place)} of a key for which {@link #isSet} is true. */
  String asSet(String key, String value) {
    return "%s = %s (%s)"
        .formatted(typed(key), value, SettingErrors.place(config.getValue(key).origin()));
  }

  /** Returns the text under {@code key}, which may be empty. */
  public String text(String key) {
    return errors.read(key, "a text", () -> config.getString(key)).strip();
  }

  /**
   * Returns the text under {@code key}.
   *
   * @throws UserException if it is empty
   */
  public String requiredText(String key) {
    String value = text(key);
    if (value.isEmpty()) {
      throw new UserException(
          "%1$s is empty: set it with --set %1$s=VALUE or in --config".formatted(typed(key)));
    }
    return value;
  }

  /** Returns the non-blank texts of a list; a single text counts as a list of one. */
  public List<String> texts(String key) {
    return errors.read(key, "a list of texts", () -> list(key)).stream()
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private List<String> list(String key) {
    return config.getValue(key).valueType() == ConfigValueType.STRING
        ? List.of(config.getString(key))
        : config.getStringList(key);
  }

  /**
   * Returns the non-blank texts of a list, as {@link #texts}.
   *
   * @throws UserException if there is none
   */
  public List<String> requiredTexts(String key) {
    List<String> values = texts(key);
    if (values.isEmpty()) {
      throw new UserException(
          "%1$s is empty: set it with --set %1$s=VALUE[,VALUE...] or in --config"
              .formatted(typed(key)));
    }
    return values;
  }

  /** Returns a whole number in [{@code min}, {@code max}]. */
  public int integer(String key, int min, int max) {
    long value = seed(key);
    if (value < min || value > max) {
      throw outOfRange(key, "in [" + min + ", " + max + "]", value);
    }
    return (int) value;
  }

  /** Returns a 64-bit whole number of any value. */
  public long seed(String key) {
    Number value = errors.read(key, "a whole number", () -> config.getNumber(key));
    // The library would cut 128.5 down to 128 silently.
    if (value instanceof Double && value.doubleValue() != (double) value.longValue()) {
      throw outOfRange(key, "a whole number", value);
    }
    return value.longValue();
  }

  /** Returns a size in bytes, written as in "64 MiB", in [{@code min}, {@code max}]. */
  public long bytes(String key, long min, long max) {
    long value = errors.read(key, "a size such as 64 MiB", () -> config.getBytes(key));
    if (value < min || value > max) {
      throw outOfRange(key, "in [" + min + ", " + max + "] bytes", value);
    }
    return value;
  }

  /** Returns a number in [{@code min}, {@code max}]. */
  public double number(String key, double min, double max) {
    double value = errors.read(key, "a number", () -> config.getDouble(key));
    if (!(value >= min && value <= max)) {
      throw outOfRange(key, "in [" + min + ", " + max + "]", value);
    }
    return value;
  }

  /** Returns a non-empty list of distinct numbers in [{@code min}, {@code max}]. */
  public List<Double> numbers(String key, double min, double max) {
    return requiredTexts(key).stream().map(text -> parsed(key, text, min, max)).distinct().toList();
  }

  /** Returns a non-empty list of distinct whole numbers in [{@code min}, {@code max}]. */
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

  /** Returns a fraction in (0, 1]. */
  public double part(String key) {
    double value = errors.read(key, "a number", () -> config.getDouble(key));
    if (!(value > 0 && value <= 1)) {
      throw outOfRange(key, "in (0, 1]", value);
    }
    return value;
  }

  /** Returns true or false. */
  public boolean flag(String key) {
    return errors.read(key, "true or false", () -> config.getBoolean(key));
  }

  /** Returns an enum constant. Users type its name in kebab case: {@code class-weights}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return new Choices<>(type).named(this, key, text(key));
  }

  /** Returns an enum constant, typed in kebab case; empty where the value is {@code auto}. */
  public <E extends Enum<E>> Optional<E> choiceOrAuto(String key, Class<E> type) {
    return new Choices<>(type).namedOrAuto(this, key, text(key));
  }

  /** Returns a non-empty list of distinct enum constants, typed in kebab case. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    Choices<E> choices = new Choices<>(type);
    return requiredTexts(key).stream()
        .map(name -> choices.named(this, key, name))
        .distinct()
        .toList();
  }

  /** Returns a section with free keys, such as {@code catalog.properties}, as texts. */
  public Map<String, String> map(String key) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> e :
        errors.read(key, "a section", () -> config.getConfig(key)).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(e.getKey()));
      values.put(name, String.valueOf(e.getValue().unwrapped()));
    }
    return values;
  }

  /** Returns the error for a value that breaks a rule of a record. */
  public UserException outOfRange(String key, String allowed, Object got) {
    return errors.outOfRange(key, allowed, got);
  }

  /** Returns the whole configuration as one line of JSON with sorted keys. */
  public String toJson() {
    return config.root().render(ConfigRenderOptions.concise());
  }

  /** Returns the name of an enum constant as users type it, in kebab case. */
  public static String kebab(Enum<?> constant) {
    return Keys.of(constant);
  }

  /**
   * Returns the first 16 hexadecimal digits of the SHA-256 over the keys under the given prefixes.
   * Two runs with equal hashes do the same. Without prefixes, all keys count. A dataset's own value
   * counts as the general key that it overrides. The prefix {@code datasets} counts only which
   * images belong to each dataset.
   */
  public String hash(String... prefixes) {
    return SettingsHash.of(config, prefixes);
  }
}
