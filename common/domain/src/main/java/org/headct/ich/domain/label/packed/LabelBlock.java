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
 * Rows of one source whose images belong to one partition; a shuffle carries these blocks. An image
 * takes two longs if its six rows stand together, else two longs for each row. A source may leave
 * several blocks for a partition. The last one also holds the number of lines of the source.
 */
public final class LabelBlock implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_CAPACITY = 1024;

  /**
   * The columns' order as the class at each place of six rows: three bits a place, the first
   * lowest.
   */
  static final int COLUMN_ORDER = columnOrder();

  private final int source;
  private final int partition;
  private transient long @Nullable [] ids = new long[FIRST_CAPACITY];
  private transient long @Nullable [] entries = new long[FIRST_CAPACITY];
  private int size;

  /** The ids, then the entries. A serializer copies bytes at once, but longs one by one. */
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

  /**
   * Closes the block for the shuffle.
   *
   * @param orderOfSix the class at each place of six rows, like {@link #COLUMN_ORDER}
   * @param linesApartOfSix the lines from one of six rows to the next
   * @param rowsOfSource the rows of the whole source in one of its blocks, 0 in the others
   * @param linesOfSource the lines of the whole source in the last block of a partition, else −1
   */
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

  /** Returns the partition that all its images belong to. */
  public int partition() {
    return partition;
  }

  int size() {
    return size;
  }

  /** Returns the image's number of each entry; only the first {@link #size} are set. */
  long[] ids() {
    long[] now = ids;
    return now != null ? now : unpacked(0);
  }

  /** Returns the entries as {@link LabelEntry}; only the first {@link #size} are set. */
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

  /**
   * Returns the rows that cannot be used; their file and line are the source and the line in it.
   */
  List<LabelFinding> rejected() {
    return rejected;
  }

  /** Returns the class at one place of six rows. */
  Subtype classAt(int place) {
    return Subtype.ALL.get(order >>> 3 * place & 7);
  }

  int order() {
    return order;
  }

  /** Returns the lines from one of six rows to the next: 1 in the long form, 0 in the wide form. */
  int linesApart() {
    return linesApart;
  }

  /** Returns the rows of the source, in one block of the source; 0 in the others. */
  long rows() {
    return rows;
  }

  /** Returns the lines of the source, in its last block of each partition; −1 in the others. */
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
