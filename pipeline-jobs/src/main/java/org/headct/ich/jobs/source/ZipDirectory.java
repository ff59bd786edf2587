package org.headct.ich.jobs.source;

import static org.headct.ich.jobs.source.ZipFormat.unsignedInt;
import static org.headct.ich.jobs.source.ZipFormat.unsignedShort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The central directory of a zip archive (APPNOTE.TXT 4.3.12, 4.5.3), read by ranges: first the end
 * of the file, then the directory block by block. No local header is read. An archive of 750,000
 * members on object storage costs a hundred requests. Memory: one block, 16 bytes a member, and the
 * objects that the caller keeps.
 *
 * <pre>
 *  0  4 signature      10 2 method       24 4 size          32 2 comment length   42 4 local
 *  4  2 made by        12 4 time         28 2 name length   34 2 disk                  header
 *  6  2 needed         16 4 crc-32       30 2 extra length  36 6 attributes       46   name,
 *  8  2 flags          20 4 stored size                                                extra, comment
 * </pre>
 *
 * The archive is not trusted. Every length and offset is checked against the file. The directory's
 * length decides how many members there are, and the recorded count must agree ({@link
 * ZipEnd#counts}). No two members may share a byte, because a small archive can declare petabytes
 * that way.
 */
final class ZipDirectory {
  /** The largest number of members: twelve times the largest published dump. */
  static final long MAX_MEMBERS = 10_000_000;

  static final int BLOCK_BYTES = 1 << 20;

  private final RangedReads archive;
  private final ZipEnd end;

  /**
   * The part of the directory in memory: block[from..to), which ends before byte next of the file.
   */
  private final byte[] block;

  private final ByteBuffer fields;
  private int from;
  private int to;
  private long next;

  private long[] starts = new long[1024];
  private long[] ends = new long[1024];

  private ZipDirectory(RangedReads archive, ZipEnd end) {
    this.archive = archive;
    this.end = end;
    this.block = new byte[(int) Math.min(BLOCK_BYTES, end.directoryBytes())];
    this.fields = ZipFormat.littleEndian(block);
    this.next = end.directoryOffset();
  }

  /**
   * Passes every member, folders included, to the caller in the directory's order. After an
   * exception the caller must not use any of them.
   *
   * @param archiveBytes length of the file
   * @throws UnreadableZipException if the archive is damaged, hostile or not a zip archive
   * @throws IOException for a fault of the storage, which a retry may cure
   */
  static void read(RangedReads archive, long archiveBytes, Consumer<ZipMember> members)
      throws IOException, UnreadableZipException {
    ZipEnd end = ZipEnd.read(archive, archiveBytes);
    if (end.members() < 0 || end.members() > MAX_MEMBERS) {
      throw tooMany(Long.toUnsignedString(end.members()));
    }
    if (end.members() > end.directoryBytes() / ZipFormat.CENTRAL_HEADER_BYTES) {
      throw miscounted(end.members());
    }
    new ZipDirectory(archive, end).read(members);
  }

  private void read(Consumer<ZipMember> members) throws IOException, UnreadableZipException {
    int count = 0;
    while (!ended()) {
      if (count == MAX_MEMBERS) {
        throw tooMany("more than " + MAX_MEMBERS);
      }
      members.accept(member(count++));
    }
    if (!end.counts(count)) {
      throw miscounted(end.members());
    }
    refuseOverlaps(count);
  }

  /** Returns whether no member follows. Only a digital signature (4.3.13) may. */
  private boolean ended() throws IOException {
    return available() == 0 || fill(4) && fields.getInt(from) == ZipFormat.DIGITAL_SIGNATURE;
  }

  private ZipMember member(int index) throws IOException, UnreadableZipException {
    if (!fill(ZipFormat.CENTRAL_HEADER_BYTES)) {
      throw miscounted(end.members());
    }
    if (fields.getInt(from) != ZipFormat.CENTRAL_HEADER) {
      throw new UnreadableZipException(
          "is damaged: entry %d of its directory does not start with a header".formatted(index));
    }
    int nameBytes = unsignedShort(fields, from + 28);
    int extraBytes = unsignedShort(fields, from + 30);
    int length =
        ZipFormat.CENTRAL_HEADER_BYTES + nameBytes + extraBytes + unsignedShort(fields, from + 32);
    if (!fill(length)) {
      throw new UnreadableZipException(
          "is damaged: entry %d of its directory reaches beyond the directory".formatted(index));
    }
    int flags = unsignedShort(fields, from + 8);
    Zip64Extra extra =
        new Zip64Extra(fields, from + ZipFormat.CENTRAL_HEADER_BYTES + nameBytes, extraBytes);
    // The zip64 fields are in the order of 4.5.3, not in that of the header.
    long size = extra.widen(unsignedInt(fields, from + 24), index);
    long stored = extra.widen(unsignedInt(fields, from + 20), index);
    long offset = extra.widen(unsignedInt(fields, from + 42), index);
    int disk = unsignedShort(fields, from + 34);
    if (disk == ZipFormat.SATURATED_SHORT ? extra.disk(index) != 0 : disk != 0) {
      throw new UnreadableZipException(
          "is one part of an archive split over several: entry %d lies elsewhere".formatted(index));
    }
    ZipMember member =
        new ZipMember(
            ZipFormat.name(block, from + ZipFormat.CENTRAL_HEADER_BYTES, nameBytes),
            offset < 0 ? offset : offset + end.prefixBytes(),
            stored,
            size,
            unsignedShort(fields, from + 10),
            unsignedInt(fields, from + 16),
            (flags & ZipFormat.FLAG_ENCRYPTED) == 0
                ? ZipMember.Protection.NONE
                : ZipMember.Protection.ENCRYPTED);
    check(member, index, nameBytes);
    from += length;
    return member;
  }

  private void check(ZipMember member, int index, int nameBytes) throws UnreadableZipException {
    long headerBytes = (long) ZipFormat.LOCAL_HEADER_BYTES + nameBytes;
    long start = member.headerOffset();
    long room = end.directoryOffset() - headerBytes;
    // The second comparison must not be a sum, because sums of hostile numbers overflow.
    if (start < 0 || start > room || member.storedBytes() < 0) {
      throw outside(index);
    }
    if (member.storedBytes() > room - start) {
      throw outside(index);
    }
    boolean plain = member.protection() == ZipMember.Protection.NONE;
    boolean possible =
        switch (member.method()) {
          case ZipFormat.STORED -> !plain || member.sizeBytes() == member.storedBytes();
          case ZipFormat.DEFLATED -> ZipFormat.inflatable(member.storedBytes(), member.sizeBytes());
          default -> true;
        };
    if (member.sizeBytes() < 0 || !possible) {
      throw new UnreadableZipException(
          "is damaged: entry %d of its directory declares %s bytes out of %d"
              .formatted(index, Long.toUnsignedString(member.sizeBytes()), member.storedBytes()));
    }
    if (index == starts.length) {
      starts = Arrays.copyOf(starts, index * 2);
      ends = Arrays.copyOf(ends, index * 2);
    }
    starts[index] = start;
    ends[index] = start + headerBytes + member.storedBytes();
  }

  /**
   * Checks that no byte belongs to two members. It sorts starts and ends separately. Members are
   * disjoint if each start, except the first, is at or after the end that precedes it in its sorted
   * order.
   */
  private void refuseOverlaps(int count) throws UnreadableZipException {
    Arrays.sort(starts, 0, count);
    Arrays.sort(ends, 0, count);
    for (int i = 1; i < count; i++) {
      if (starts[i] < ends[i - 1]) {
        throw new UnreadableZipException(
            "is damaged or malicious: two members overlap at byte %d".formatted(starts[i]));
      }
    }
  }

  private long available() {
    return to - from + (end.directoryOffset() + end.directoryBytes() - next);
  }

  /**
   * Loads the block so that it holds this many bytes from {@code from} on. Returns false at the end
   * of the directory.
   */
  private boolean fill(int bytes) throws IOException {
    if (to - from >= bytes) {
      return true;
    }
    if (available() < bytes) {
      return false;
    }
    // Ranged reads fill an array from its start, so the rest is read again with the bytes after it.
    int rest = to - from;
    long position = next - rest;
    int length = (int) Math.min(block.length, available());
    archive.read(position, block, length);
    from = 0;
    to = length;
    next = position + length;
    return true;
  }

  private static UnreadableZipException miscounted(long count) {
    return new UnreadableZipException(
        "is damaged: its directory does not hold the %d members that it counts".formatted(count));
  }

  private static UnreadableZipException tooMany(String count) {
    return new UnreadableZipException(
        "says that it holds %s members; at most %d are read".formatted(count, MAX_MEMBERS));
  }

  private static UnreadableZipException outside(int index) {
    return new UnreadableZipException(
        "is damaged or cut short: entry %d of its directory lies outside of the file"
            .formatted(index));
  }
}
