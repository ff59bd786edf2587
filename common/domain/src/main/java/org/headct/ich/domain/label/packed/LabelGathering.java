package org.headct.ich.domain.label.packed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headct.ich.domain.label.ImageLabels;
import org.headct.ich.domain.label.LabelBits;
import org.headct.ich.domain.label.LabelFinding;
import org.headct.ich.domain.label.LabelPartial;
import org.headct.ich.domain.label.LabelPivot;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * The gathering of one partition: brings the rows of each image together from all sources and
 * decides on the image. {@link LabelBits#clean} answers for images without a finding, {@link
 * LabelPivot} for the others. Files of one load count as one file: where they contradict each
 * other, the image is a finding. A later load corrects an earlier one.
 */
public final class LabelGathering {
  private static final int CLASSES = Subtype.ALL.size();

  private final int[] fileOf;
  private final int[] loadOf;
  private final long[] firstLine;
  private final LabelBlock[] blockOf;
  private final List<LabelFinding> findings = new ArrayList<>();
  private final ImageLabelSet.Builder kept = new ImageLabelSet.Builder();
  private long superseded;

  private LabelGathering(LabelSources sources, List<LabelBlock> blocks) {
    fileOf = sources.files();
    loadOf = sources.loads();
    blockOf = new LabelBlock[fileOf.length];
    for (LabelBlock block : blocks) {
      if (block.lines() >= 0) {
        blockOf[block.source()] = block;
      }
    }
    firstLine = new long[fileOf.length];
    for (int source = 0; source < fileOf.length; source++) {
      boolean sameFile = source > 0 && fileOf[source] == fileOf[source - 1];
      firstLine[source] = sameFile ? firstLine[source - 1] + last(source - 1).lines() : 1;
    }
  }

  /**
   * Decides on the rows of one partition.
   *
   * @param blocks every block of this partition, in any order
   * @throws IllegalStateException if the last block of a source is missing
   */
  public static LabelOutcome gather(Iterable<LabelBlock> blocks, LabelSources sources) {
    List<LabelBlock> all = new ArrayList<>();
    blocks.forEach(all::add);
    return new LabelGathering(sources, all).gather(all);
  }

  private LabelOutcome gather(List<LabelBlock> blocks) {
    Map<String, Integer> names = indexed(blocks);
    int size = blocks.stream().mapToInt(LabelBlock::size).sum();
    long[] ids = new long[size];
    long[] entries = new long[size];
    int n = 0;
    long rows = 0;
    for (LabelBlock block : blocks) {
      long[] blockIds = block.ids();
      System.arraycopy(block.entries(), 0, entries, n, block.size());
      for (int i = 0; i < block.size(); i++) {
        ids[n++] = global(block, blockIds[i], names);
      }
      rows += block.rows();
      block.rejected().forEach(this::addFinding);
    }
    PairSort.sort(ids, entries);
    List<String> byIndex = new ArrayList<>(names.keySet());
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && ids[to] == ids[from]) {
        to++;
      }
      finish(ids[from], byIndex, entries, from, to);
      from = to;
    }
    findings.sort(
        Comparator.comparingInt(LabelFinding::file)
            .thenComparingLong(LabelFinding::line)
            .thenComparing(LabelFinding::reason)
            .thenComparing(LabelFinding::value));
    return new LabelOutcome(kept.build(), superseded, List.copyOf(findings), rows);
  }

  /** Returns all names of the blocks with their place in sorted order. */
  private static Map<String, Integer> indexed(List<LabelBlock> blocks) {
    Map<String, Integer> names = new TreeMap<>();
    blocks.forEach(block -> block.names().forEach(name -> names.put(name, 0)));
    int index = 0;
    for (Map.Entry<String, Integer> name : names.entrySet()) {
      name.setValue(index++);
    }
    return names;
  }

  private static long global(LabelBlock block, long id, Map<String, Integer> names) {
    return ImageIds.isName(id)
        ? ImageIds.name(names.getOrDefault(block.names().get(ImageIds.nameIndex(id)), -1))
        : id;
  }

  /** Decides on one image, whose entries are {@code entries[from, to)}. */
  private void finish(long id, List<String> names, long[] entries, int from, int to) {
    if (to - from > 1) {
      Arrays.sort(entries, from, to);
    }
    int labels = -1;
    for (int start = from; start < to; ) {
      int load = loadOf[LabelEntry.source(entries[start])];
      int end = start + 1;
      while (end < to && loadOf[LabelEntry.source(entries[end])] == load) {
        end++;
      }
      int found = ofLoad(id, names, entries, start, end);
      if (found >= 0) {
        superseded += labels >= 0 ? 1 : 0;
        labels = found;
      }
      start = end;
    }
    if (labels >= 0) {
      if (ImageIds.isName(id)) {
        kept.add(names.get(ImageIds.nameIndex(id)), labels);
      } else {
        kept.add(id, labels);
      }
    }
  }

  /** Returns the label bits that one load gives an image, or −1. */
  private int ofLoad(long id, List<String> names, long[] entries, int from, int to) {
    int bits = 0;
    int rows = 0;
    for (int i = from; i < to; i++) {
      bits |= bits(entries[i]);
      rows += LabelEntry.isSix(entries[i]) ? CLASSES : 1;
    }
    int clean = LabelBits.clean(bits, rows);
    if (clean >= 0) {
      return clean;
    }
    String imageId = ImageIds.isName(id) ? names.get(ImageIds.nameIndex(id)) : ImageIds.text(id);
    LabelPivot.Outcome outcome = LabelPivot.finish(imageId, partial(entries, from, to));
    outcome.findings().forEach(this::addFinding);
    return outcome.labels().map(ImageLabels::bits).orElse(-1);
  }

  private int bits(long entry) {
    if (!LabelEntry.isSix(entry)) {
      return LabelBits.of(LabelEntry.subtype(entry), LabelEntry.annotation(entry));
    }
    LabelBlock block = last(LabelEntry.source(entry));
    int bits = 0;
    for (int place = 0; place < CLASSES; place++) {
      bits |= LabelBits.of(block.classAt(place), LabelEntry.annotation(entry, place));
    }
    return bits;
  }

  private LabelPartial partial(long[] entries, int from, int to) {
    LabelPartial all = null;
    for (int i = from; i < to; i++) {
      long entry = entries[i];
      int source = LabelEntry.source(entry);
      long line = LabelEntry.line(entry);
      int rows = LabelEntry.isSix(entry) ? CLASSES : 1;
      for (int place = 0; place < rows; place++) {
        LabelPartial row =
            rows == 1
                ? LabelPartial.of(
                    LabelEntry.subtype(entry), LabelEntry.annotation(entry), source, line)
                : LabelPartial.of(
                    last(source).classAt(place),
                    LabelEntry.annotation(entry, place),
                    source,
                    line + (long) place * last(source).linesApart());
        all = all == null ? row : all.merge(row);
      }
    }
    if (all == null) {
      throw new IllegalStateException("an image has no rows");
    }
    return all;
  }

  /** Adds a finding, with source and line in it replaced by file and line in that. */
  private void addFinding(LabelFinding f) {
    findings.add(
        new LabelFinding(
            f.reason(),
            f.imageId(),
            fileOf[f.file()],
            firstLine[f.file()] + f.line(),
            f.rows(),
            f.value()));
  }

  private LabelBlock last(int source) {
    @Nullable LabelBlock block = blockOf[source];
    if (block == null) {
      throw new IllegalStateException("the last block of source " + source + " is missing");
    }
    return block;
  }
}
