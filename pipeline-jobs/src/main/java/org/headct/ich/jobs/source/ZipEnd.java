package org.headct.ich.jobs.source;

import static org.headct.ich.jobs.source.ZipFormat.unsignedInt;
import static org.headct.ich.jobs.source.ZipFormat.unsignedShort;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The position of the central directory, from the records at the end of an archive (APPNOTE.TXT
 * 4.3.14 to 4.3.16). Costs at most three requests.
 *
 * <pre>
 * [central directory][zip64 end record, 56+][zip64 locator, 20][end record, 22][comment, 0-65535]
 *
 * end record        zip64 end record   field
 *  4, 2 bytes       16, 4 bytes        number of this disk
 *  6, 2             20, 4              disk where the directory starts
 *  8, 2             24, 8              entries on this disk
 * 10, 2             32, 8              entries in all
 * 12, 4             40, 8              directory's length
 * 16, 4             48, 8              directory's offset
 * </pre>
 *
 * @param directoryOffset real offset of the directory in the file
 * @param directoryBytes length of the directory
 * @param members number of members that the records declare, modulo {@code modulus}
 * @param modulus 65,536 without a zip64 record, because some tools write only the low 16 bits of a
 *     larger count; else more than any count
 * @param prefixBytes length of data before the archive, such as a self-extractor; every offset that
 *     the archive records is too small by it
 */
record ZipEnd(
    long directoryOffset, long directoryBytes, long members, long modulus, long prefixBytes) {
  private static final int MAX_COMMENT_BYTES = 65_535;
  private static final int TAIL_BYTES =
      ZipFormat.ZIP64_END_RECORD_BYTES
          + ZipFormat.ZIP64_LOCATOR_BYTES
          + ZipFormat.END_RECORD_BYTES
          + MAX_COMMENT_BYTES;

  /** The fields that both end records have, in their order. */
  private record Fields(
      long disk, long startDisk, long entriesHere, long entries, long bytes, long offset) {}

  private record Zip64Record(long position, ByteBuffer bytes) {}

  static ZipEnd read(RangedReads archive, long archiveBytes)
      throws IOException, UnreadableZipException {
    int tailBytes = (int) Math.min(archiveBytes, TAIL_BYTES);
    byte[] tail = new byte[tailBytes];
    archive.read(archiveBytes - tailBytes, tail, tailBytes);
    ByteBuffer bytes = ZipFormat.littleEndian(tail);
    int exact = findBeforeItsComment(bytes);
    if (exact >= 0) {
      return at(archive, bytes, archiveBytes - tailBytes, exact);
    }
    int last = findLast(bytes);
    if (last < 0) {
      throw new UnreadableZipException(
          "is not a zip archive or is cut short: it has no end record");
    }
    ZipEnd end = at(archive, bytes, archiveBytes - tailBytes, last);
    end.refuseInnerArchive(archive);
    return end;
  }

  /** Reads the end record at {@code at} of the file's tail, which starts at {@code tailAt}. */
  private static ZipEnd at(RangedReads archive, ByteBuffer bytes, long tailAt, int at)
      throws IOException, UnreadableZipException {
    long endsAt = tailAt + at;
    Fields fields =
        new Fields(
            unsignedShort(bytes, at + 4),
            unsignedShort(bytes, at + 6),
            unsignedShort(bytes, at + 8),
            unsignedShort(bytes, at + 10),
            unsignedInt(bytes, at + 12),
            unsignedInt(bytes, at + 16));
    long modulus = 1 << 16;
    int locator = at - ZipFormat.ZIP64_LOCATOR_BYTES;
    if (locator >= 0 && bytes.getInt(locator) == ZipFormat.ZIP64_LOCATOR) {
      long locatorAt = endsAt - ZipFormat.ZIP64_LOCATOR_BYTES;
      if (unsignedInt(bytes, locator + 4) != 0 || unsignedInt(bytes, locator + 16) > 1) {
        throw manyDisks();
      }
      long recorded = bytes.getLong(locator + 8);
      Zip64Record wide = zip64Record(archive, recorded, locatorAt);
      endsAt = wide.position();
      fields = merge(fields, wide.bytes());
      modulus = Long.MAX_VALUE;
    }
    return checked(fields, endsAt, modulus);
  }

  /**
   * Finds the last signature whose comment ends with the file, because a comment may contain
   * signatures.
   */
  private static int findBeforeItsComment(ByteBuffer tail) {
    for (int at = tail.capacity() - ZipFormat.END_RECORD_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == ZipFormat.END_RECORD
          && at + ZipFormat.END_RECORD_BYTES + unsignedShort(tail, at + 20) == tail.capacity()) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Finds the last signature, for an archive that is followed by other bytes or whose comment is
   * cut. unzip and Python's zipfile read such archives too.
   */
  private static int findLast(ByteBuffer tail) {
    for (int at = tail.capacity() - ZipFormat.END_RECORD_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == ZipFormat.END_RECORD) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Refuses the end record of an archive that is stored in another one whose own end is missing.
   * Its members must not pass for those of the whole.
   */
  private void refuseInnerArchive(RangedReads archive) throws IOException, UnreadableZipException {
    if (prefixBytes < 4) {
      return;
    }
    byte[] start = new byte[4];
    archive.read(0, start, start.length);
    if (ZipFormat.littleEndian(start).getInt(0) == ZipFormat.LOCAL_HEADER) {
      throw new UnreadableZipException(
          "is cut short: its last end record belongs to an archive inside of it");
    }
  }

  /** Returns whether the records can mean this number of members. */
  boolean counts(long found) {
    return found % modulus == members;
  }

  /**
   * Reads the zip64 end record. It is where the locator points, or right before the locator if data
   * precede the archive.
   */
  private static Zip64Record zip64Record(RangedReads archive, long recorded, long locatorAt)
      throws IOException, UnreadableZipException {
    long adjacent = locatorAt - ZipFormat.ZIP64_END_RECORD_BYTES;
    for (long position : new long[] {recorded, adjacent}) {
      if (position >= 0 && position <= adjacent) {
        byte[] bytes = new byte[ZipFormat.ZIP64_END_RECORD_BYTES];
        archive.read(position, bytes, bytes.length);
        ByteBuffer record = ZipFormat.littleEndian(bytes);
        // Its length excludes the signature and itself; beyond 44 follows an extensible data
        // sector.
        if (record.getInt(0) == ZipFormat.ZIP64_END_RECORD
            && record.getLong(4) == locatorAt - position - 12) {
          return new Zip64Record(position, record);
        }
      }
    }
    throw new UnreadableZipException("is damaged: its zip64 end record is missing");
  }

  private static Fields merge(Fields narrow, ByteBuffer wide) throws UnreadableZipException {
    return new Fields(
        merge(narrow.disk(), ZipFormat.SATURATED_SHORT, unsignedInt(wide, 16)),
        merge(narrow.startDisk(), ZipFormat.SATURATED_SHORT, unsignedInt(wide, 20)),
        mergeCount(narrow.entriesHere(), wide.getLong(24)),
        mergeCount(narrow.entries(), wide.getLong(32)),
        merge(narrow.bytes(), ZipFormat.SATURATED_INT, wide.getLong(40)),
        merge(narrow.offset(), ZipFormat.SATURATED_INT, wide.getLong(48)));
  }

  private static long merge(long narrow, long saturated, long wide) throws UnreadableZipException {
    if (narrow != saturated && narrow != wide) {
      throw new UnreadableZipException("is damaged: its two end records disagree");
    }
    return wide;
  }

  /** Merges a count whose short field may also hold the low 16 bits of the long one. */
  private static long mergeCount(long narrow, long wide) throws UnreadableZipException {
    return narrow == (wide & ZipFormat.SATURATED_SHORT)
        ? wide
        : merge(narrow, ZipFormat.SATURATED_SHORT, wide);
  }

  private static ZipEnd checked(Fields fields, long endsAt, long modulus)
      throws UnreadableZipException {
    if (fields.disk() != 0 || fields.startDisk() != 0 || fields.entriesHere() != fields.entries()) {
      throw manyDisks();
    }
    if (fields.bytes() < 0 || fields.bytes() > endsAt) {
      throw new UnreadableZipException(
          "is damaged or cut short: its directory of %s bytes is larger than the file"
              .formatted(Long.toUnsignedString(fields.bytes())));
    }
    long directoryAt = endsAt - fields.bytes();
    if (fields.offset() < 0 || fields.offset() > directoryAt) {
      throw new UnreadableZipException(
          "is damaged or cut short: its directory at byte %s would reach beyond its end record"
              .formatted(Long.toUnsignedString(fields.offset())));
    }
    return new ZipEnd(
        directoryAt, fields.bytes(), fields.entries(), modulus, directoryAt - fields.offset());
  }

  private static UnreadableZipException manyDisks() {
    return new UnreadableZipException(
        "is one part of an archive split over several; join the parts into one first (zip -s 0)");
  }
}
