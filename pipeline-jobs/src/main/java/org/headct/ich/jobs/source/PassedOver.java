package org.headct.ich.jobs.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts of files that a listing does not read, by cause. It names them by pattern and extension,
 * because whole names may identify a patient.
 */
public final class PassedOver {
  private static final int SHOWN = 10;

  /** Number of patterns or extensions that are counted one by one. */
  private static final int MAX_NAMES = 1000;

  /** The reason why a file is not read. */
  enum Cause {
    /** The name, or a folder's name, is hidden. */
    HIDDEN("hidden"),
    /** The extension is that of another kind of file. */
    OTHER_KIND("of other kinds");

    private final String text;

    Cause(String text) {
      this.text = text;
    }
  }

  private final Map<Cause, Map<String, Long>> counts = new EnumMap<>(Cause.class);

  /**
   * Counts a file.
   *
   * @param name pattern that its name matches, or its extension
   */
  void add(Cause cause, String name) {
    Map<String, Long> names = counts.computeIfAbsent(cause, c -> new LinkedHashMap<>());
    names.merge(names.size() < MAX_NAMES ? name : "others", 1L, Long::sum);
  }

  /** Returns the number of files. */
  public long count() {
    return counts.values().stream().mapToLong(PassedOver::sum).sum();
  }

  private static long sum(Map<String, Long> names) {
    return names.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns one line, such as {@code 9 hidden (__MACOSX 7, .DS_Store 2), 1 of other kinds (.pdf)}.
   */
  public String describe() {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (cause, names) ->
            parts.add(
                String.format(
                    Locale.ROOT, "%,d %s (%s)", sum(names), cause.text, describe(names))));
    return String.join(", ", parts);
  }

  private static String describe(Map<String, Long> names) {
    List<String> shown = new ArrayList<>();
    names.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .forEach(e -> shown.add("%s %,d".formatted(e.getKey(), e.getValue())));
    if (names.size() > SHOWN) {
      shown.add("...");
    }
    return String.join(", ", shown);
  }
}
