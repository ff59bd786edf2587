package org.headct.ich.domain.label.packed;

import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelLine;
import org.headct.ich.domain.label.Subtype;
import org.headct.ich.domain.label.WideRow;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one source, sorted into blocks by partition. Six rows that stand together become one
 * entry, if their classes have the order of the first six that did. Other rows are kept one by one.
 * The choice decides the size, never the result.
 */
public final class LabelBlocks {
  /** The number of entries of a full block: 4 MiB. */
  private static final int FULL = 1 << 18;

  private static final int CLASSES = Subtype.ALL.size();
  private static final int ORDER_UNKNOWN = -1;

  private final int source;
  private final LabelBlock[] open;
  private final List<LabelBlock> full = new ArrayList<>();
  private final int linesApart;
  private int order;
  private long rows;

  private long runId;
  private @Nullable String runName;
  private long runLine;
  private int runRows;
  private int runClasses;
  private int runAnnotations;

  /** Returns the blocks of a source in the long form, one row a line. */
  public static LabelBlocks ofLong(int source, int partitions) {
    return new LabelBlocks(source, partitions, 1, ORDER_UNKNOWN);
  }

  /** Returns the blocks of a source in the wide form, six rows a line. */
  public static LabelBlocks ofWide(int source, int partitions) {
    return new LabelBlocks(source, partitions, 0, LabelBlock.COLUMN_ORDER);
  }

  private LabelBlocks(int source, int partitions, int linesApart, int order) {
    this.source = source;
    this.linesApart = linesApart;
    this.order = order;
    open = new LabelBlock[partitions];
    for (int i = 0; i < partitions; i++) {
      open[i] = new LabelBlock(source, i);
    }
  }

  /**
   * Adds a row.
   *
   * @param number the image's number, from {@link ImageIds}
   * @param line the line in the source, from 0
   */
  void row(long number, int subtype, int annotation, long line) {
    row(number, null, subtype, annotation, line);
  }

  /**
   * Adds a row.
   *
   * @param line the line in the source, from 0
   */
  public void row(LabelLine.Accepted row, long line) {
    long number = ImageIds.numberOf(row.imageId());
    row(
        number,
        number >= 0 ? null : row.imageId(),
        row.subtype().ordinal(),
        row.annotation().ordinal(),
        line);
  }

  private void row(long number, @Nullable String name, int subtype, int annotation, long line) {
    rows++;
    if (runRows == 0 || line != runLine + runRows || !isRun(number, name)) {
      endRun();
      runId = number;
      runName = name;
      runLine = line;
    }
    runClasses |= subtype << 3 * runRows;
    runAnnotations |= annotation << 2 * runRows;
    if (++runRows == CLASSES) {
      endRun();
    }
  }

  private boolean isRun(long number, @Nullable String name) {
    return number == runId && (name == null || name.equals(runName));
  }

  private void endRun() {
    if (runRows == CLASSES && order == ORDER_UNKNOWN && isPermutation(runClasses)) {
      order = runClasses;
    }
    if (runRows == CLASSES && runClasses == order) {
      emit(runId, runName, LabelEntry.six(source, runLine, runAnnotations));
    } else {
      for (int i = 0; i < runRows; i++) {
        int subtype = runClasses >>> 3 * i & 7;
        int annotation = runAnnotations >>> 2 * i & 3;
        emit(runId, runName, LabelEntry.one(source, runLine + i, subtype, annotation));
      }
    }
    runRows = 0;
    runClasses = 0;
    runAnnotations = 0;
  }

  private static boolean isPermutation(int classes) {
    int seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen |= 1 << (classes >>> 3 * i & 7);
    }
    return seen == ImageLabels.ALL_BITS;
  }

  /**
   * Adds the six rows that one row of the wide form stands for.
   *
   * @param line the line in the source, from 0
   */
  public void six(WideRow row, long line) {
    rows += CLASSES;
    long number = ImageIds.numberOf(row.imageId());
    emit(
        number,
        number >= 0 ? null : row.imageId(),
        LabelEntry.six(source, line, row.annotations()));
  }

  /**
   * Adds a row that cannot be used.
   *
   * @param line the line in the source, from 0
   * @param count the number of label rows that it stands for
   */
  public void reject(LabelLine.Rejected rejected, long line, int count) {
    rows += count;
    open[source % open.length].reject(
        new LabelFinding(rejected.reason(), "", source, line, count, rejected.shown()));
  }

  private void emit(long number, @Nullable String name, long entry) {
    int partition =
        name == null
            ? ImageIds.partition(number, open.length)
            : ImageIds.partition(name, open.length);
    LabelBlock block = open[partition];
    if (name == null) {
      block.add(number, entry);
    } else {
      block.add(name, entry);
    }
    if (block.size() == FULL) {
      full.add(block.closed(order, linesApart, 0, -1));
      open[partition] = new LabelBlock(source, partition);
    }
  }

  /** Returns whether a block waits to be taken. */
  boolean hasFull() {
    return !full.isEmpty();
  }

  /** Returns the blocks that became full since the last call. */
  public List<LabelBlock> takeFull() {
    List<LabelBlock> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  /**
   * Returns the last block of each partition, possibly without rows, after those not yet taken.
   *
   * @param lines the number of lines of the source
   */
  public List<LabelBlock> finish(long lines) {
    endRun();
    List<LabelBlock> last = new ArrayList<>(takeFull());
    for (int i = 0; i < open.length; i++) {
      long rowsHere = i == source % open.length ? rows : 0;
      last.add(open[i].closed(order, linesApart, rowsHere, lines));
    }
    return last;
  }
}
