package org.headct.ich.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.common.error.UserException;

/**
 * Typed, checked access to the resolved configuration. Only the records of this package read it;
 * each complaint names the key, the allowed values, the value found, and the place it came from.
 */
public final class Settings {
  private final Config config;

  Settings(Config resolved) {
    this.config = resolved;
  }

  /** The text under {@code key}, possibly empty. */
  public String text(String key) {
    return read(key, "a text", () -> config.getString(key)).strip();
  }

  /** The text under {@code key}; an empty one is a mistake of the user. */
  public String requiredText(String key) {
    String value = text(key);
    if (value.isEmpty()) {
      throw new UserException(
          key + " is empty: set it with --set " + key + "=VALUE or in --config");
    }
    return value;
  }

  /** The non-blank texts of a list; a single value counts as a list of one. */
  public List<String> texts(String key) {
    return read(key, "a list of texts", () -> list(key)).stream()
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
          key + " is empty: set it with --set " + key + "=PATH[,PATH...] or in --config");
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
    Number value = read(key, "a whole number", () -> config.getNumber(key));
    // The library would cut 128.5 down to 128 without a word.
    if (value instanceof Double && value.doubleValue() != (double) value.longValue()) {
      throw outOfRange(key, "a whole number", value);
    }
    return value.longValue();
  }

  /** A size in bytes ("64 MiB") in [{@code min}, {@code max}]. */
  public long bytes(String key, long min, long max) {
    long value = read(key, "a size such as 64 MiB", () -> config.getBytes(key));
    if (value < min || value > max) {
      throw outOfRange(key, "in [" + min + ", " + max + "] bytes", value);
    }
    return value;
  }

  /** A number in [{@code min}, {@code max}]. */
  public double number(String key, double min, double max) {
    double value = read(key, "a number", () -> config.getDouble(key));
    if (!(value >= min && value <= max)) {
      throw outOfRange(key, "in [" + min + ", " + max + "]", value);
    }
    return value;
  }

  /** true or false. */
  public boolean flag(String key) {
    return read(key, "true or false", () -> config.getBoolean(key));
  }

  /** One of an enum's names, in kebab case: {@code CLASS_WEIGHTS} is written class-weights. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choiceOf(key, type, text(key));
  }

  /** A non-empty list of an enum's names, in kebab case. */
  public <E extends Enum<E>> List<E> choices(String key, Class<E> type) {
    return requiredTexts(key).stream().map(name -> choiceOf(key, type, name)).distinct().toList();
  }

  private <E extends Enum<E>> E choiceOf(String key, Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (kebab(constant).equals(name)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Settings::kebab).toList();
    throw outOfRange(key, "one of " + String.join(", ", names), name);
  }

  /** A free map of texts, such as {@code catalog.properties}. */
  public Map<String, String> map(String key) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> e :
        read(key, "a section", () -> config.getConfig(key)).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(e.getKey()));
      values.put(name, String.valueOf(e.getValue().unwrapped()));
    }
    return values;
  }

  /** The complaint for a value of {@code key} that a record found wrong by a rule of its own. */
  public UserException outOfRange(String key, String allowed, Object got) {
    return new UserException(
        "%s must be %s, got %s (%s)".formatted(key, allowed, got, place(config.getValue(key))));
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
   * exactly when a run would do the same. Without prefixes, over all keys.
   */
  public String hash(String... prefixes) {
    StringBuilder text = new StringBuilder();
    Map<String, ConfigValue> sorted = new TreeMap<>();
    config.entrySet().forEach(e -> sorted.put(e.getKey(), e.getValue()));
    sorted.forEach(
        (key, value) -> {
          if (prefixes.length == 0 || startsWithAny(key, prefixes)) {
            text.append(key).append('=').append(value.unwrapped()).append('\n');
          }
        });
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean startsWithAny(String key, String[] prefixes) {
    for (String prefix : prefixes) {
      if (key.equals(prefix) || key.startsWith(prefix + ".")) {
        return true;
      }
    }
    return false;
  }

  private interface Reading<T> {
    T get();
  }

  private <T> T read(String key, String kind, Reading<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      ConfigValue value = config.getValue(key);
      throw new UserException(
          "%s must be %s, got %s (%s)".formatted(key, kind, value.unwrapped(), place(value)), e);
    } catch (ConfigException.Missing e) {
      // Every key has a default, so only a null of the user's hides it.
      ConfigOrigin origin = e.origin();
      throw new UserException(
          "%s must be %s, got null%s"
              .formatted(key, kind, origin == null ? "" : " (" + place(origin) + ")"),
          e);
    }
  }

  private static String place(ConfigValue value) {
    return place(value.origin());
  }

  private static String place(ConfigOrigin origin) {
    String name = origin.filename() != null ? origin.filename() : origin.description();
    return origin.lineNumber() > 0 && origin.filename() != null
        ? name + ":" + origin.lineNumber()
        : name;
  }
}
