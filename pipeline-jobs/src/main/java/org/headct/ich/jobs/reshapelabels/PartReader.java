package org.headct.ich.jobs.reshapelabels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.common.label.LabelBlock;
import org.headct.ich.common.label.LabelBlocks;
import org.headct.ich.common.label.LongFormReader;
import org.headct.ich.jobs.reshapelabels.LabelParts.Part;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Blocks of a task's parts by partition, made while they are asked for: few are held at once. */
final class PartReader implements Iterator<Tuple2<Integer, LabelBlock>> {
  private final Configuration hadoop;
  private final Iterator<Part> parts;
  private final int partitions;
  private final Deque<LabelBlock> ready = new ArrayDeque<>();
  private @Nullable OpenPart open;

  PartReader(Configuration hadoop, List<Part> parts, int partitions) {
    this.hadoop = hadoop;
    this.parts = parts.iterator();
    this.partitions = partitions;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && (open != null || parts.hasNext())) {
        readOn();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, LabelBlock> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    LabelBlock block = ready.remove();
    return new Tuple2<>(block.partition(), block);
  }

  private void readOn() throws IOException {
    OpenPart part = open == null ? open(parts.next()) : open;
    boolean more;
    try {
      more = part.reader().advance();
    } catch (IOException e) {
      throw new IOException(part.file().name() + ": " + e.getMessage(), e);
    }
    ready.addAll(part.blocks().takeFull());
    open = part;
    if (!more) {
      open = null;
      part.in().close();
      ready.addAll(part.blocks().finish(part.reader().lines()));
    }
  }

  private record OpenPart(
      LabelFile file, InputStream in, LongFormReader reader, LabelBlocks blocks) {}

  private OpenPart open(Part part) throws IOException {
    LabelFile file = part.file();
    // The stream of a member outlives the reader that found its place in the archive.
    try (SourceReader source = new SourceReader(hadoop)) {
      InputStream in =
          SourceReader.isSplittable(file.object())
              ? source.openAt(file.object(), Math.max(0, part.start() - 1))
              : source.open(file.object());
      LabelBlocks blocks = LabelBlocks.ofLong(part.source(), partitions);
      return new OpenPart(
          file,
          in,
          new LongFormReader(in, file.header(), part.start(), part.length(), blocks),
          blocks);
    } catch (DamagedMemberException e) {
      throw new IOException(file.name() + ": " + e.getMessage(), e);
    }
  }
}
