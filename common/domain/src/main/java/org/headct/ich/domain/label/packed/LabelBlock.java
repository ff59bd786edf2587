package org.headct.ich.domain.label.packed;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one source whose images belong to one partition: what a shuffle carries. Two longs an
 * image where its six rows stand together, else two longs a row. A source may leave several blocks
 * for a partition; the last one also tells how many lines the source has.
 */
public final class LabelBlock implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_CAPACITY = 1024;

  /** Class at each place of six rows, three bits a place, the first lowest: the columns' order. */
  static final int COLUMN_ORDER = columnOrder();

  private final int source;
  private final int partition;
  private transient long @Nullable [] ids = new long[FIRST_CAPACITY];
  private transient long @Nullable [] entries = new long[FIRST_CAPACITY];
  private int size;

  /** Ids, then entries: a serializer copies bytes at once, and longs one by one. */
  private byte[] packed = {};

  private final List<String> names = new ArrayList<>();
  private transient Map<String, Integer> indexOfName = new HashMap<>();
  private final List<LabelFinding> rejected = new ArrayList<>();
  private int order;
  private int linesApart = 1;
  private long rows;
  private long lines = -1;

  LabelBlock(int source, int partition) {
    this.source = source;
    this.partition = partition;
  }

  void add(long number, long entry) {
    if (size == ids().length) {
      ids = Arrays.copyOf(ids(), 2 * size);
      entries = Arrays.copyOf(entries(), 2 * size);
    }
    ids()[size] = number;
    entries()[size] = entry;
    size++;
  }

  void add(String name, long entry) {
    Integer index = indexOfName.get(name);
    if (index == null) {
      index = names.size();
      names.add(name);
      indexOfName.put(name, index);
    }
    add(ImageIds.name(index), entry);
  }

  void reject(LabelFinding finding) {
    rejected.add(finding);
  }

  /** What the whole source is told by: the order of six rows, and how far apart they stand. */
  LabelBlock closed(int orderOfSix, int linesApartOfSix, long rowsOfSource, long linesOfSource) {
    packed = new byte[2 * size * Long.BYTES];
    ByteBuffer.wrap(packed).asLongBuffer().put(ids(), 0, size).put(entries(), 0, size);
    ids = null;
    entries = null;
    order = orderOfSix;
    linesApart = linesApartOfSix;
    rows = rowsOfSource;
    lines = linesOfSource;
    return this;
  }

  int source() {
    return source;
  }

  /** The partition that all its images belong to. */
  public int partition() {
    return partition;
  }

  int size() {
    return size;
  }

  /** Number of the image of each entry; at least {@link #size} of them count. */
  long[] ids() {
    long[] now = ids;
    return now != null ? now : unpacked(0);
  }

  /** What is said of each, as {@link LabelEntry}. */
  long[] entries() {
    long[] now = entries;
    return now != null ? now : unpacked(size);
  }

  private long[] unpacked(int from) {
    long[] longs = new long[size];
    ByteBuffer.wrap(packed).asLongBuffer().get(from, longs);
    return longs;
  }

  List<String> names() {
    return names;
  }

  /** Rows that name no image; their file and line are the source and the line in it. */
  List<LabelFinding> rejected() {
    return rejected;
  }

  Subtype classAt(int place) {
    return Subtype.ALL.get(order >>> 3 * place & 7);
  }

  int order() {
    return order;
  }

  /** Lines from one of six rows to the next: 1 in the long form, 0 in the wide form. */
  int linesApart() {
    return linesApart;
  }

  /** Rows of the source, in one block of the source; 0 in the others. */
  long rows() {
    return rows;
  }

  /** Lines of the source, in its last block of each partition; −1 in the others. */
  long lines() {
    return lines;
  }

  private static int columnOrder() {
    int order = 0;
    for (Subtype subtype : Subtype.ALL) {
      order |= subtype.ordinal() << 3 * subtype.ordinal();
    }
    return order;
  }
}
