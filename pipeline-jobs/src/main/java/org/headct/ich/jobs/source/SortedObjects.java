package org.headct.ich.jobs.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SortedMerge;
import org.jspecify.annotations.Nullable;

/**
 * A sorter for listings of any length in little memory. It sorts and packs some ten thousand
 * objects at a time, and merges them at the end.
 */
final class SortedObjects {
  private static final Comparator<SourceObject> ORDER =
      Comparator.comparing(SourceObject::uri)
          .thenComparing(SourceObject::member)
          .thenComparingLong(SourceObject::offset);

  static final int RUN = 1 << 15;
  private static final int REPORT_INTERVAL = 1000;

  private final LongConsumer found;
  private final List<SourceObject> run = new ArrayList<>();
  private final List<PackedList> runs = new ArrayList<>();
  private long count;

  /**
   * Creates a sorter.
   *
   * @param found receives the number of objects so far, every thousand
   */
  SortedObjects(LongConsumer found) {
    this.found = found;
  }

  void add(SourceObject object) {
    run.add(object);
    if (run.size() == RUN) {
      pack();
    }
    count++;
    if (count % REPORT_INTERVAL == 0) {
      found.accept(count);
    }
  }

  long count() {
    return count;
  }

  private void pack() {
    run.sort(ORDER);
    PackedList packed = new PackedList();
    packed.addAll(run);
    runs.add(packed);
    run.clear();
  }

  /**
   * Returns the objects by file, member and offset, without duplicates. Nothing can be added
   * afterwards.
   */
  List<SourceObject> sorted() {
    pack();
    PackedList sorted = new PackedList();
    @Nullable SourceObject before = null;
    for (SourceObject object :
        new SortedMerge<>(ORDER, runs.stream().map(CloseableIterable::withNoopClose).toList())) {
      if (before == null || ORDER.compare(before, object) != 0) {
        sorted.add(object);
      }
      before = object;
    }
    return Collections.unmodifiableList(sorted);
  }
}
