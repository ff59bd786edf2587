package org.headct.ich.jobs.reshapelabels;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.headct.ich.domain.label.packed.LabelSources;
import org.headct.ich.jobs.source.SourceObject;
import org.headct.ich.jobs.source.SourceReader;

/**
 * Label files, cut into parts that tasks read in parallel. Only plain files of the long form with
 * two columns can be cut; a compressed file, or a member of an archive, is one part.
 *
 * @param parts the parts by file and place; the index is the number of the source
 * @param sources the file and the load of each part
 * @param tasks the parts of each task: neighbours, of about the same size in total
 * @param partitions the number of partitions in which images are gathered
 */
record LabelParts(List<Part> parts, LabelSources sources, List<List<Part>> tasks, int partitions) {
  /** The minimum size of a part. A smaller one costs more to start than to read. */
  private static final long LEAST_PART_BYTES = 1L << 20;

  /** The maximum size of a part. A part is read again when its task fails. */
  private static final long MOST_PART_BYTES = 64L << 20;

  /** The bytes of text for one partition: at worst 80 MiB of longs, with the sort. */
  private static final long PARTITION_BYTES = 32L << 20;

  /** The approximate bytes of text in a byte of a compressed label file. */
  private static final int COMPRESSION = 6;

  /** The number of parts for each core. With small parts, no core waits long for the last one. */
  private static final int PARTS_A_CORE = 4;

  private static final int MOST_PARTS = 16_000;
  private static final int MOST_PARTITIONS = 2_000;

  /**
   * A part of a label file.
   *
   * @param source the number of the part
   * @param start the offset in the file
   * @param length the length in bytes; lines that begin before {@code start + length} belong to it
   */
  record Part(int source, LabelFile file, long start, long length) implements Serializable {}

  /**
   * Cuts files into parts.
   *
   * @param files the files, by load, then name
   * @param loads the load of each file
   * @param cores the number of cores that read at the same time
   */
  static LabelParts of(List<LabelFile> files, List<Integer> loads, int cores) {
    long text = files.stream().mapToLong(f -> textBytes(f.object())).sum();
    long fair =
        Math.min(MOST_PART_BYTES, Math.max(LEAST_PART_BYTES, text / (cores * PARTS_A_CORE)));
    long partBytes = Math.max(fair, text / MOST_PARTS);
    List<Part> parts = new ArrayList<>();
    List<Integer> fileOf = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      SourceObject object = files.get(i).object();
      long step = canBeCut(files.get(i)) ? partBytes : Long.MAX_VALUE;
      long start = 0;
      do {
        parts.add(new Part(parts.size(), files.get(i), start, step));
        fileOf.add(i);
        start += step;
      } while (step < Long.MAX_VALUE && start < object.sizeBytes());
    }
    int[] loadOf = fileOf.stream().mapToInt(loads::get).toArray();
    LabelSources sources =
        new LabelSources(fileOf.stream().mapToInt(Integer::intValue).toArray(), loadOf);
    return new LabelParts(parts, sources, tasks(parts, partBytes), partitions(text, cores));
  }

  /**
   * Returns enough partitions for the memory, as a multiple of the cores, so that all end together.
   */
  private static int partitions(long text, int cores) {
    int enough = (int) Math.max(1, Math.min(MOST_PARTITIONS, text / PARTITION_BYTES));
    return enough < cores ? enough : (enough + cores - 1) / cores * cores;
  }

  private static List<List<Part>> tasks(List<Part> parts, long bytes) {
    List<List<Part>> tasks = new ArrayList<>();
    List<Part> task = new ArrayList<>();
    long filled = 0;
    for (Part part : parts) {
      long size = Math.min(part.length(), textBytes(part.file().object()) - part.start());
      if (!task.isEmpty() && filled + size > bytes) {
        tasks.add(task);
        task = new ArrayList<>();
        filled = 0;
      }
      task.add(part);
      filled += size;
    }
    tasks.add(task);
    return tasks;
  }

  /** Returns whether parts of a file can be read. A row of other files may span lines. */
  private static boolean canBeCut(LabelFile file) {
    return file.isPlainLong() && SourceReader.isSplittable(file.object());
  }

  private static long textBytes(SourceObject object) {
    return object.member().isEmpty() && !SourceReader.isSplittable(object)
        ? object.sizeBytes() * COMPRESSION
        : object.sizeBytes();
  }
}
