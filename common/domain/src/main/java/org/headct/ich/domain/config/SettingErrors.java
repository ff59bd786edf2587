package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.headct.ich.domain.error.UserException;

/**
 * Errors about a value, in one line: the key, the allowed values, the value found, and its place.
 *
 * @param config the configuration that holds the values
 * @param typed maps a key to the key as the user typed it
 */
record SettingErrors(Config config, UnaryOperator<String> typed) {
  /** Returns the error for a value that has the right type but is not allowed. */
  UserException outOfRange(String key, String allowed, Object got) {
    return new UserException(
        "%s must be %s, got %s (%s)"
            .formatted(typed.apply(key), allowed, got, place(config.getValue(key).origin())));
  }

  /**
   * Reads a value and turns type errors into a {@link UserException}.
   *
   * @param kind expected type in words, such as {@code a whole number}
   * @throws UserException if the value has another type or is null
   */
  <T> T read(String key, String kind, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      ConfigValue value = config.getValue(key);
      throw new UserException(
          "%s must be %s, got %s (%s)"
              .formatted(typed.apply(key), kind, value.unwrapped(), place(value.origin())),
          e);
    } catch (ConfigException.Missing e) {
      // Every key has a default, so a value is missing only if the user sets null.
      ConfigOrigin origin = e.origin();
      throw new UserException(
          "%s must be %s, got null%s"
              .formatted(typed.apply(key), kind, origin == null ? "" : " (" + place(origin) + ")"),
          e);
    }
  }

  /** Returns the place of a value: a file with its line, or {@code --set}. */
  static String place(ConfigOrigin origin) {
    String name = origin.filename() != null ? origin.filename() : origin.description();
    return origin.lineNumber() > 0 && origin.filename() != null
        ? name + ":" + origin.lineNumber()
        : name;
  }
}
