package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headct.ich.domain.error.UserException;

/**
 * A key with its default and explanation, as {@code reference.conf} states them.
 *
 * @param key full key, such as {@code select.middle-slices}
 * @param defaultValue default in HOCON
 * @param explanation comment above the key, or above its section; one paragraph
 */
public record KeyReference(String key, String defaultValue, String explanation) {
  private record Placed(int line, KeyReference key) {}

  /** Returns every key, in the order of the file. A section of free keys counts as one key. */
  public static List<KeyReference> all() {
    Config reference = ConfigFactory.parseResources("reference.conf").resolve();
    List<Placed> placed = new ArrayList<>();
    collect(reference.root(), "", "", placed);
    return placed.stream().sorted(Comparator.comparingInt(Placed::line)).map(Placed::key).toList();
  }

  private static void collect(ConfigObject section, String path, String above, List<Placed> into) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      ConfigValue value = entry.getValue();
      String key = path.isEmpty() ? name(entry.getKey()) : path + "." + name(entry.getKey());
      String own = comment(value);
      String explanation = own.isEmpty() ? above : own;
      if (value instanceof ConfigObject inner && !inner.isEmpty()) {
        collect(inner, key, explanation, into);
      } else {
        into.add(
            new Placed(
                value.origin().lineNumber(), new KeyReference(key, render(value), explanation)));
      }
    }
  }

  private static String name(String element) {
    return ConfigUtil.joinPath(element);
  }

  private static String render(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING && !value.unwrapped().equals("")
        ? String.valueOf(value.unwrapped())
        : value.render(ConfigRenderOptions.concise());
  }

  private static String comment(ConfigValue value) {
    return String.join(" ", value.origin().comments().stream().map(String::strip).toList());
  }

  /**
   * Returns the keys that a name stands for: one key, or all keys of a section. A key of a dataset,
   * such as {@code datasets.mine.tensors.size}, stands for the key that it overrides.
   *
   * @throws UserException if there is none; the message suggests the nearest key
   */
  public static List<KeyReference> named(String name) {
    List<KeyReference> all = all();
    String wanted = DatasetKey.of(name).map(KeyReference::overridden).orElse(name);
    Optional<KeyReference> one = all.stream().filter(each -> each.key.equals(wanted)).findFirst();
    List<KeyReference> found =
        one.map(List::of)
            .orElseGet(
                () -> all.stream().filter(each -> each.key.startsWith(wanted + ".")).toList());
    if (found.isEmpty()) {
      throw new UserException(
          "no setting is named %s; did you mean %s?"
              .formatted(name, SettingsLoader.nearest(SettingsLoader.keys(), name)));
    }
    return found;
  }

  private static String overridden(DatasetKey key) {
    boolean own = key.rest().isEmpty() || key.rest().equals(DatasetKey.IMAGES);
    return own ? DatasetKey.SECTION : key.rest();
  }

  /** Returns the first sentence of the explanation. */
  public String summary() {
    int end = explanation.indexOf(". ");
    return end < 0 ? explanation : explanation.substring(0, end + 1);
  }
}
