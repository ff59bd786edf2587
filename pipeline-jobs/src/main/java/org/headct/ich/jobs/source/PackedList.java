package org.headct.ich.jobs.source;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects that takes a fraction of their memory. It grows at its end and is meant to be
 * read in order. Only the block around the last object stays unpacked, so that any other order
 * unpacks a block for each object.
 */
public final class PackedList extends AbstractList<SourceObject> {
  private static final int BLOCK = 1024;

  private final List<PackedObjects> blocks = new ArrayList<>();
  private final List<SourceObject> tail = new ArrayList<>();

  /**
   * The block that was unpacked last. Threads may replace it at the same time; each still gets the
   * right objects.
   */
  private volatile @Nullable Unpacked last;

  private record Unpacked(int block, List<SourceObject> objects) {}

  @Override
  public boolean add(SourceObject object) {
    tail.add(object);
    if (tail.size() == BLOCK) {
      blocks.add(PackedObjects.of(tail));
      tail.clear();
    }
    return true;
  }

  @Override
  public SourceObject get(int index) {
    int block = index / BLOCK;
    if (block == blocks.size()) {
      return tail.get(index % BLOCK);
    }
    Unpacked unpacked = last;
    if (unpacked == null || unpacked.block() != block) {
      unpacked = new Unpacked(block, blocks.get(block).unpack());
      last = unpacked;
    }
    return unpacked.objects().get(index % BLOCK);
  }

  @Override
  public int size() {
    return blocks.size() * BLOCK + tail.size();
  }
}
