package org.headct.ich.jobs.reshapelabels;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelIds;
import org.headct.ich.domain.label.LabelLine;
import org.headct.ich.domain.label.LabelText;
import org.headct.ich.domain.label.LongLabels;
import org.headct.ich.domain.label.WideLabels;
import org.headct.ich.domain.label.WideRow;
import org.headct.ich.domain.label.WideRowSink;
import org.headct.ich.domain.label.packed.LabelBlock;
import org.headct.ich.domain.label.packed.LabelBlocks;
import org.headct.ich.domain.label.packed.LongFormReader;
import org.headct.ich.jobs.reshapelabels.LabelParts.Part;
import org.headct.ich.jobs.source.SourceReader;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The blocks of a task's parts, by partition. They are made on demand, so memory holds few. */
final class PartReader implements Iterator<Tuple2<Integer, LabelBlock>> {
  private final Configuration hadoop;
  private final Iterator<Part> parts;
  private final int partitions;
  private final LabelIds ids;
  private final Deque<LabelBlock> ready = new ArrayDeque<>();
  private @Nullable OpenPart open;

  /**
   * @param key the key of the pseudonyms
   */
  PartReader(Configuration hadoop, List<Part> parts, int partitions, String key) {
    this.hadoop = hadoop;
    this.parts = parts.iterator();
    this.partitions = partitions;
    this.ids = new LabelIds(new Pseudonyms(key)::of);
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
    OpenPart part = open;
    if (part == null) {
      Part next = parts.next();
      try {
        part = open(next);
      } catch (DamagedMemberException | IOException e) {
        throw of(next.file(), e);
      }
    }
    boolean more;
    try {
      more = part.rows().advance();
    } catch (IOException e) {
      throw of(part.file(), e);
    }
    ready.addAll(part.blocks().takeFull());
    open = more ? part : null;
    if (!more) {
      part.in().close();
      ready.addAll(part.blocks().finish(part.rows().lines()));
    }
  }

  /** Adds the file's name to a fault of the storage. */
  private static IOException of(LabelFile file, Exception fault) {
    return new IOException(file.name() + ": " + fault.getMessage(), fault);
  }

  private record OpenPart(LabelFile file, Closeable in, Rows rows, LabelBlocks blocks) {}

  /** The rows of an open part, read step by step. */
  private interface Rows {
    /** Reads on until blocks are full or the part ends. Returns true if there is more. */
    boolean advance() throws IOException;

    /** Returns the number of lines of the part, once it has ended. */
    long lines();
  }

  private OpenPart open(Part part) throws IOException, DamagedMemberException {
    LabelFile file = part.file();
    // The stream of an archive's member outlives the reader that found it.
    try (SourceReader source = new SourceReader(hadoop)) {
      if (file.header() instanceof LabelHeader.Wide wide) {
        LabelText text = LabelInput.text(source, file.object());
        LabelBlocks blocks = LabelBlocks.ofWide(part.source(), partitions);
        return new OpenPart(file, text, new WideRows(text, wide, ids, blocks), blocks);
      }
      LabelHeader.LongForm header = (LabelHeader.LongForm) file.header();
      LabelBlocks blocks = LabelBlocks.ofLong(part.source(), partitions);
      if (!file.isPlainLong()) {
        LabelText text = LabelInput.text(source, file.object());
        return new OpenPart(file, text, new LongRecords(text, header, ids, blocks), blocks);
      }
      InputStream in =
          SourceReader.isSplittable(file.object())
              ? source.openAt(file.object(), Math.max(0, part.start() - 1))
              : source.open(file.object());
      LongFormReader reader =
          new LongFormReader(in, header, ids, part.start(), part.length(), blocks);
      return new OpenPart(file, in, new LongRows(reader), blocks);
    }
  }

  private record LongRows(LongFormReader reader) implements Rows {
    @Override
    public boolean advance() throws IOException {
      return reader.advance();
    }

    @Override
    public long lines() {
      return reader.lines();
    }
  }

  /**
   * The rows of a file that is read in one step. The whole file is one source; lines count from 1
   * in a file, from 0 in a source.
   */
  private interface WholeFile extends Rows {
    /** Returns 0: no other source continues the file, so nothing needs the number. */
    @Override
    default long lines() {
      return 0;
    }
  }

  /** The rows of a file of the long form that is not plain. */
  private record LongRecords(
      LabelText text, LabelHeader.LongForm header, LabelIds ids, LabelBlocks blocks)
      implements WholeFile, LongLabels.Sink {
    @Override
    public boolean advance() throws IOException {
      LongLabels.read(text, header, ids, this);
      return false;
    }

    @Override
    public void row(LabelLine.Accepted row, long line) {
      blocks.row(row, line - 1);
    }

    @Override
    public void rejected(LabelLine.Rejected rejected, long line) {
      blocks.reject(rejected, line - 1, 1);
    }
  }

  /** The rows of a file of the wide form. */
  private record WideRows(LabelText text, LabelHeader.Wide header, LabelIds ids, LabelBlocks blocks)
      implements WholeFile, WideRowSink {
    @Override
    public boolean advance() throws IOException {
      WideLabels.read(text, header, ids, this);
      return false;
    }

    @Override
    public void row(WideRow row, long line) {
      blocks.six(row, line - 1);
    }

    @Override
    public void rejected(LabelLine.Rejected rejected, long line) {
      blocks.reject(rejected, line - 1, WideRow.ROWS);
    }
  }
}
