package org.headct.ich.domain.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.error.UserException;

/**
 * The value of a list in {@code --set key=value}.
 *
 * <table>
 *   <caption>Forms</caption>
 *   <tr><td>{@code /a,/b}</td><td>items separated by commas</td></tr>
 *   <tr><td>{@code [/a,/b]}</td><td>items separated by commas, in brackets</td></tr>
 *   <tr><td>{@code ["/a b","/c,d"]}</td><td>items in double quotes, which may hold commas</td></tr>
 * </table>
 *
 * <p>A value that begins with {@code [} must end with {@code ]}. An item in brackets is a JSON
 * string if it begins with a double quote. Otherwise the item is the unchanged text up to the next
 * comma: {@code s3a://bucket/*.dcm} needs no quotes, unlike in HOCON, and {@code ${NAME}} is not
 * replaced. Spaces around an item are ignored. A comma may follow the last item, as in HOCON. A
 * glob needs quotes if it holds a comma, <code>["/a/{b,c}"]</code>, or begins with a bracket,
 * {@code ["[ab]*.csv"]}.
 */
final class ListText {
  private static final String KIND = "a list such as [\"a b\",\"c,d\"] or a,b";

  private final String key;
  private final String text;
  private int at = 1;

  private ListText(String key, String text) {
    this.key = key;
    this.text = text;
  }

  /**
   * Returns the items of a value.
   *
   * @throws UserException if the value begins with a bracket and is malformed
   */
  static List<String> items(String key, String value) {
    return value.startsWith("[") ? new ListText(key, value).bracketed() : List.of(value.split(","));
  }

  private List<String> bracketed() {
    int end = text.length() - 1;
    if (!text.endsWith("]") || end == 0) {
      throw refused(
          "it begins with [ but does not end with ]; write a path that begins with [ as [\"[ab]*.csv\"]");
    }
    List<String> items = new ArrayList<>();
    while (true) {
      skipSpaces();
      if (at == end) {
        return items;
      }
      items.add(text.charAt(at) == '"' ? quoted(end) : bare(end));
      skipSpaces();
      if (at < end) {
        if (text.charAt(at) != ',') {
          throw refused("a comma must follow the quoted item before " + rest());
        }
        at++;
      }
    }
  }

  private void skipSpaces() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String bare(int end) {
    int comma = text.indexOf(',', at);
    int after = comma < 0 ? end : comma;
    String item = text.substring(at, after).strip();
    if (item.isEmpty()) {
      throw refused("an item is missing before " + rest());
    }
    if (item.indexOf('"') >= 0) {
      throw refused("put the whole item into double quotes, with \\\" for a quote: " + item);
    }
    if (!closed(item, '[', ']') || !closed(item, '{', '}')) {
      throw refused("put a glob that holds a comma or begins with [ into double quotes: " + item);
    }
    at = after;
    return item;
  }

  /** Returns whether brackets are balanced. They are not if a comma has cut a glob. */
  private static boolean closed(String item, char open, char close) {
    return item.chars().filter(c -> c == open).count()
        == item.chars().filter(c -> c == close).count();
  }

  private String quoted(int end) {
    int start = at++;
    while (at < end && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= end) {
      throw refused("a double quote is not closed in " + text.substring(start));
    }
    at++;
    String string = text.substring(start, at);
    try {
      return ConfigFactory.parseString(
              "{\"item\":" + string + "}",
              ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON))
          .getString("item");
    } catch (ConfigException e) {
      throw refused("not a JSON string; write \\\\ for a backslash: " + string);
    }
  }

  private String rest() {
    return text.substring(at);
  }

  private UserException refused(String why) {
    return new UserException("%s must be %s, got %s (--set): %s".formatted(key, KIND, text, why));
  }
}
