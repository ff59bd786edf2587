package org.headct.ich.jobs.model;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch and what to do with it, in the form of a path, which is all that DL4J's {@code fitPaths}
 * carries: {@code <file URI>#<row group>.<first row>.<rows>.<key>.<seed>.<epoch>}.
 *
 * @param ref the rows
 * @param seed of the run
 * @param epoch 1-based; decides with the seed which rows of the row group form the batch, and the
 *     crops and flips
 */
record BatchRequest(BatchRef ref, long seed, int epoch) implements Serializable {
  private static final Pattern PATH =
      Pattern.compile("(.*)#(\\d+)\\.(\\d+)\\.(\\d+)\\.(-?\\d+)\\.(-?\\d+)\\.(\\d+)");

  String path() {
    return "%s#%d.%d.%d.%d.%d.%d"
        .formatted(ref.file(), ref.rowGroup(), ref.firstRow(), ref.rows(), ref.key(), seed, epoch);
  }

  static BatchRequest ofPath(String path) {
    Matcher m = PATH.matcher(path);
    if (!m.matches()) {
      throw new IllegalArgumentException("not a batch request: " + path);
    }
    return new BatchRequest(
        new BatchRef(
            m.group(1),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)),
            Integer.parseInt(m.group(4)),
            Long.parseLong(m.group(5))),
        Long.parseLong(m.group(6)),
        Integer.parseInt(m.group(7)));
  }
}
