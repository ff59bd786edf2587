package org.headct.ich.domain.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A hash of a part of the configuration, see {@link Settings#hash}. */
final class SettingsHash {
  private static final int BYTES = 8;

  private SettingsHash() {}

  /**
   * Returns the hash as 16 hexadecimal digits.
   *
   * @param prefixes sections or keys that count; none for all keys
   */
  static String of(Config config, String... prefixes) {
    StringBuilder text = new StringBuilder();
    Map<String, ConfigValue> sorted = new TreeMap<>();
    config.entrySet().forEach(e -> sorted.put(e.getKey(), e.getValue()));
    sorted.forEach(
        (key, value) -> {
          if (prefixes.length == 0 || startsWithAny(decides(key), prefixes)) {
            text.append(key).append('=').append(value.unwrapped()).append('\n');
          }
        });
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the key that counts: a dataset's own key counts as the general key it overrides. */
  private static String decides(String key) {
    return DatasetKey.of(key)
        .map(own -> own.rest().equals(DatasetKey.IMAGES) ? DatasetKey.SECTION : own.rest())
        .orElse(key);
  }

  private static boolean startsWithAny(String key, String[] prefixes) {
    for (String prefix : prefixes) {
      if (key.equals(prefix) || key.startsWith(prefix + ".")) {
        return true;
      }
    }
    return false;
  }
}
