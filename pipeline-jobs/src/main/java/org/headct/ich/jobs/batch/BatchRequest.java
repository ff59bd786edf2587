package org.headct.ich.jobs.batch;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch and the epoch to load it for, as a path, because DL4J's {@code fitPaths} carries only
 * paths. The form is {@code <text of the place>.<seed>.<epoch>}, such as {@code <file URI>#<row
 * group>.<first row>.<rows>.<key>.<seed>.<epoch>}.
 *
 * @param ref the rows
 * @param seed seed of the run
 * @param epoch 1-based; with the seed it decides which rows of a row group form the batch, and the
 *     crops and flips
 */
public record BatchRequest(BatchPlace ref, long seed, int epoch) implements Serializable {
  private static final Pattern PATH = Pattern.compile("(.*)\\.(-?\\d+)\\.(\\d+)");

  public String path() {
    return "%s.%d.%d".formatted(ref.text(), seed, epoch);
  }

  public static BatchRequest ofPath(String path) {
    Matcher m = PATH.matcher(path);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a batch request: " + path);
    }
    String text = m.group(1);
    return new BatchRequest(
        SeriesBatch.isText(text) ? SeriesBatch.ofText(text) : BatchRef.ofText(text),
        Long.parseLong(m.group(2)),
        Integer.parseInt(m.group(3)));
  }
}
