package org.headct.ich.jobs.evaluatemodel;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headct.ich.jobs.page.EvaluationReport.Result;
import org.headct.ich.jobs.page.EvaluationReport.Whose;

/** The published figures that ours stand beside; a resource with the source of each. */
final class PublishedResults {
  private static final String RESOURCE = "published-results.jsonl";

  private PublishedResults() {}

  static List<Result> all() {
    List<Result> results = new ArrayList<>();
    try (InputStream in = PublishedResults.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      MappingIterator<Map<String, String>> lines =
          new ObjectMapper().readerForMapOf(String.class).readValues(in);
      while (lines.hasNext()) {
        results.add(result(lines.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return results;
  }

  private static Result result(Map<String, String> line) {
    return new Result(
        Whose.PUBLISHED,
        line.getOrDefault("system", ""),
        line.getOrDefault("data", ""),
        line.getOrDefault("accuracy", ""),
        line.getOrDefault("recall", ""),
        line.getOrDefault("f1", ""),
        line.getOrDefault("auc", ""),
        line.getOrDefault("log_loss", ""),
        line.getOrDefault("source", ""));
  }
}
