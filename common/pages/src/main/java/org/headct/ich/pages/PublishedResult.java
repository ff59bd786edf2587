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
 * Figures that others published, as they wrote them; empty where they did not. The resource {@code
 * published-results.jsonl} has one a line, by system and class, and is the only place where figures
 * are typed in.
 *
 * @param experiment preset that repeats it, or the beginning of the names of several; empty for
 *     none
 * @param split what their split keeps together: slice, patient, or empty where it is not told
 * @param scored what the figures count: slice or scan
 * @param finding the class that they are of, mean for all of them; empty where it is not told
 * @param source where they are from
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

  /** All, in the order of the resource. */
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

  /** The system, and the class if one is told. */
  String named() {
    return finding.isEmpty() ? system : system + ", " + finding;
  }

  /** Whether a run of that experiment, split so, repeats this. */
  boolean isRepeatedBy(String run, String splitUnit) {
    boolean named =
        !experiment.isEmpty() && (run.equals(experiment) || run.startsWith(experiment + "-"));
    return named && (split.isEmpty() || split.equals(splitUnit));
  }
}
