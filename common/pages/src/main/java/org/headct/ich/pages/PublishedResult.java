package org.headct.ich.pages;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The published figures of one system and class, as their authors wrote them; empty if not stated.
 * The resource {@code published-results.jsonl} has one result per line. It is the only place where
 * figures are typed in.
 *
 * @param experiment preset that repeats the result, or the common prefix of several presets; empty
 *     for none
 * @param split unit that their split keeps together: slice or patient; empty if not stated
 * @param scored unit of evaluation: slice or scan
 * @param finding class of the figures, or mean for the mean over all classes; empty if not stated
 * @param source publication that the figures come from
 */
public record PublishedResult(
    String experiment,
    String system,
    String data,
    String split,
    String scored,
    String finding,
    String accuracy,
    String recall,
    String f1,
    String rocAuc,
    String logLoss,
    String source) {
  private static final String RESOURCE = "published-results.jsonl";

  /** Returns all published results, in the order of the resource. */
  public static List<PublishedResult> all() {
    List<PublishedResult> results = new ArrayList<>();
    try (InputStream in = PublishedResult.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      MappingIterator<Map<String, String>> lines =
          new ObjectMapper().readerForMapOf(String.class).readValues(in);
      while (lines.hasNext()) {
        results.add(of(lines.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return results;
  }

  private static PublishedResult of(Map<String, String> line) {
    return new PublishedResult(
        line.getOrDefault("experiment", ""),
        line.getOrDefault("system", ""),
        line.getOrDefault("data", ""),
        line.getOrDefault("split", ""),
        line.getOrDefault("scored", ""),
        line.getOrDefault("finding", ""),
        line.getOrDefault("accuracy", ""),
        line.getOrDefault("recall", ""),
        line.getOrDefault("f1", ""),
        line.getOrDefault("auc", ""),
        line.getOrDefault("log_loss", ""),
        line.getOrDefault("source", ""));
  }

  /** Returns the system's name, followed by the class if one is stated. */
  String named() {
    return finding.isEmpty() ? system : system + ", " + finding;
  }

  /** Returns whether a run of this experiment and split unit repeats the result. */
  boolean isRepeatedBy(String run, String splitUnit) {
    boolean named =
        !experiment.isEmpty() && (run.equals(experiment) || run.startsWith(experiment + "-"));
    return named && (split.isEmpty() || split.equals(splitUnit));
  }
}
