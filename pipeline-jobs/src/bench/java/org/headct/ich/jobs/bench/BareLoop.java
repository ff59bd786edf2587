package org.headct.ich.jobs.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headct.ich.domain.label.Subtype;

/**
 * Lower bound for the task: one thread reads the bytes of a file without errors. Ids are numbers,
 * each image has twelve bits in an open hash table, and the output is an unsorted CSV. It does no
 * checks and reports nothing.
 */
final class BareLoop implements Contestant {
  private static final int SIX = Subtype.ALL.size();

  @Override
  public String name() {
    return "bare Java loop";
  }

  @Override
  public Prepared prepare(Path labels, Path folder) {
    return () -> reshape(labels, folder);
  }

  private Outcome reshape(Path labels, Path folder) throws IOException {
    Table table = new Table(1 << 16);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(labels), 1 << 20)) {
      read(in, table);
    }
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("labels.csv")), 1 << 20)) {
      write(table, out);
    }
    return () -> count(table);
  }

  private static void read(InputStream in, Table table) throws IOException {
    byte[] block = new byte[1 << 20];
    int kept = 0;
    boolean header = true;
    for (int n = in.read(block, 0, block.length); n > 0; ) {
      int end = kept + n;
      int start = 0;
      for (int at = 0; at < end; at++) {
        if (block[at] == '\n') {
          if (!header) {
            row(block, start, at, table);
          }
          header = false;
          start = at + 1;
        }
      }
      kept = end - start;
      System.arraycopy(block, start, block, 0, kept);
      n = in.read(block, kept, block.length - kept);
    }
  }

  /** Parses {@code ID_<9 digits>_<class>,<0|1>}. */
  private static void row(byte[] block, int start, int end, Table table) {
    long id = 0;
    for (int at = start + 3; at < start + 12; at++) {
      int c = block[at];
      id = id << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    int s = subtype(block, start + 13, end - 2 - start - 13);
    table.add(id, 1 << s + (block[end - 1] == '1' ? 0 : SIX));
  }

  /**
   * Finds the class by the length of its name, and by one letter if two names have the same length.
   */
  private static int subtype(byte[] block, int from, int length) {
    Subtype subtype =
        switch (length) {
          case 3 -> Subtype.ANY;
          case 8 -> block[from] == 'e' ? Subtype.EPIDURAL : Subtype.SUBDURAL;
          case 12 -> Subtype.SUBARACHNOID;
          default -> block[from + 5] == 'p' ? Subtype.INTRAPARENCHYMAL : Subtype.INTRAVENTRICULAR;
        };
    return subtype.ordinal();
  }

  private static void write(Table table, OutputStream out) throws IOException {
    byte[] digits = "0123456789abcdef".getBytes(US_ASCII);
    byte[] line = "ID_000000000,0,0,0,0,0,0\n".getBytes(US_ASCII);
    for (int slot = 0; slot < table.bits.length; slot++) {
      if (table.bits[slot] != 0) {
        for (int digit = 0; digit < 9; digit++) {
          line[3 + digit] = digits[(int) (table.ids[slot] >>> 32 - 4 * digit) & 15];
        }
        for (int s = 0; s < SIX; s++) {
          line[13 + 2 * s] = (byte) ('0' + (table.bits[slot] >> s & 1));
        }
        out.write(line);
      }
    }
  }

  private static Counted count(Table table) {
    long[] positives = new long[SIX];
    for (int bits : table.bits) {
      for (int s = 0; s < SIX; s++) {
        positives[s] += bits >> s & 1;
      }
    }
    return new Counted(table.size, positives, table.duplicates);
  }

  /** Hash table from ids to bits, with linear probing and at most half full. */
  private static final class Table {
    private long[] ids;
    private int[] bits;
    private int size;
    private long duplicates;

    Table(int slots) {
      ids = new long[slots];
      bits = new int[slots];
    }

    void add(long id, int bit) {
      int slot = slot(id);
      if (bits[slot] == 0) {
        if (2 * size >= ids.length) {
          grow();
          slot = slot(id);
        }
        ids[slot] = id;
        size++;
      }
      duplicates += (bits[slot] & bit) == 0 ? 0 : 1;
      bits[slot] |= bit;
    }

    private int slot(long id) {
      int mask = ids.length - 1;
      int slot = (int) (id * 0x9E3779B97F4A7C15L >>> 32) & mask;
      while (bits[slot] != 0 && ids[slot] != id) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private void grow() {
      long[] oldIds = ids;
      int[] oldBits = bits;
      ids = new long[2 * oldIds.length];
      bits = new int[2 * oldIds.length];
      for (int i = 0; i < oldIds.length; i++) {
        if (oldBits[i] != 0) {
          int slot = slot(oldIds[i]);
          ids[slot] = oldIds[i];
          bits[slot] = oldBits[i];
        }
      }
    }
  }
}
