package org.headct.ich.jobs.batch;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch and what to do with it, in the form of a path, which is all that DL4J's {@code fitPaths}
 * carries: {@code <text of the place>.<seed>.<epoch>}, such as {@code <file URI>#<row group>.<first
 * row>.<rows>.<key>.<seed>.<epoch>}.
 *
 * @param ref the rows
 * @param seed of the run
 * @param epoch 1-based; decides with the seed which rows of a row group form the batch, and the
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
