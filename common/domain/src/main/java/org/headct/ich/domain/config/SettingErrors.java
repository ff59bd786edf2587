package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.headct.ich.domain.error.UserException;

/**
 * What is wrong with a value, in one line: the key, what is allowed, what was found, and where.
 *
 * @param typed from a key to the key as the user typed it
 */
record SettingErrors(Config config, UnaryOperator<String> typed) {
  /** For a value of the right kind. */
  UserException outOfRange(String key, String allowed, Object got) {
    return new UserException(
        "%s must be %s, got %s (%s)"
            .formatted(typed.apply(key), allowed, got, place(config.getValue(key).origin())));
  }

  /**
   * What reads a value.
   *
   * @param kind that it must be of
   * @throws UserException if it is not
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
      // Every key has a default, so only a null of the user's hides it.
      ConfigOrigin origin = e.origin();
      throw new UserException(
          "%s must be %s, got null%s"
              .formatted(typed.apply(key), kind, origin == null ? "" : " (" + place(origin) + ")"),
          e);
    }
  }

  /** Where a value comes from: a file with its line, or {@code --set}. */
  static String place(ConfigOrigin origin) {
    String name = origin.filename() != null ? origin.filename() : origin.description();
    return origin.lineNumber() > 0 && origin.filename() != null
        ? name + ":" + origin.lineNumber()
        : name;
  }
}
