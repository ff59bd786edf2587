package org.headct.ich.jobs.source;

import static org.headct.ich.jobs.source.ZipFormat.unsignedInt;
import static org.headct.ich.jobs.source.ZipFormat.unsignedShort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of an archive's members by byte ranges. A member that is read whole usually costs one
 * request.
 */
final class MemberReader {
  /** Space for the local header's extra field, whose length the directory does not say. */
  private static final int EXTRA_SLACK_BYTES = 128;

  private static final String DAMAGED_DATA = "the archive's deflated data are damaged";

  private final RangedReads archive;
  private final long archiveBytes;

  /**
   * Creates a reader.
   *
   * @param archiveBytes length of the file
   */
  MemberReader(RangedReads archive, long archiveBytes) {
    this.archive = archive;
    this.archiveBytes = archiveBytes;
  }

  /**
   * The position of a member's data.
   *
   * @param offset offset of the data in the archive
   * @param headerCrc32 null if the member was written as a stream, because its checksum then
   *     follows its data (4.3.9)
   */
  record Data(long offset, @Nullable Long headerCrc32) {}

  /** The checksums that are accepted. A data descriptor can be read in two ways. */
  record Checksum(Set<Long> accepted) {
    void check(long crc32) throws DamagedMemberException {
      if (!accepted.contains(crc32)) {
        throw new DamagedMemberException(
            "the member's bytes do not have the checksum that the archive records");
      }
    }
  }

  /** Returns the member's bytes, inflated and checked. */
  byte[] read(SourceObject member) throws IOException, DamagedMemberException {
    check(member);
    int stored = Math.toIntExact(member.storedBytes());
    byte[] span =
        span(
            member.offset(),
            headerBytes(member)
                + EXTRA_SLACK_BYTES
                + (long) stored
                + ZipFormat.DATA_DESCRIPTOR_BYTES);
    Data data = data(member, span);
    long needed = data.offset() - member.offset() + stored + ZipFormat.DATA_DESCRIPTOR_BYTES;
    if (span.length < needed) {
      span = span(member.offset(), needed);
    }
    int start = (int) (data.offset() - member.offset());
    byte[] bytes =
        member.deflated()
            ? inflate(span, start, stored, (int) member.sizeBytes())
            : Arrays.copyOfRange(span, start, start + stored);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    checksum(data, Arrays.copyOfRange(span, start + stored, span.length)).check(crc.getValue());
    return bytes;
  }

  /**
   * Returns the member's first {@code most} bytes, inflated. They may be fewer if deflating made
   * the data longer. They are not checked, because the checksum covers the whole member.
   */
  byte[] start(SourceObject member, int most) throws IOException, DamagedMemberException {
    check(member);
    int stored = (int) Math.min(member.storedBytes(), most);
    byte[] span = span(member.offset(), headerBytes(member) + EXTRA_SLACK_BYTES + (long) stored);
    Data data = data(member, span);
    int from = (int) (data.offset() - member.offset());
    if (span.length < from + stored) {
      span = span(member.offset(), from + (long) stored);
    }
    return member.deflated()
        ? inflateStart(span, from, stored, (int) Math.min(most, member.sizeBytes()))
        : Arrays.copyOfRange(span, from, from + stored);
  }

  /** Finds the data of a member that will be streamed. */
  Data locate(SourceObject member) throws IOException, DamagedMemberException {
    check(member);
    return data(member, span(member.offset(), headerBytes(member)));
  }

  /** Returns the checksum that the archive records beside the member. */
  Checksum checksum(SourceObject member, Data data) throws IOException {
    byte[] descriptor =
        data.headerCrc32() == null
            ? span(data.offset() + member.storedBytes(), ZipFormat.DATA_DESCRIPTOR_BYTES)
            : new byte[0];
    return checksum(data, descriptor);
  }

  /**
   * Reads the checksum. A descriptor starts with it, or with a signature that not all tools write.
   */
  private static Checksum checksum(Data data, byte[] descriptor) {
    if (data.headerCrc32() != null) {
      return new Checksum(Set.of(data.headerCrc32()));
    }
    ByteBuffer fields = ZipFormat.littleEndian(descriptor);
    Set<Long> accepted = new HashSet<>();
    if (descriptor.length >= 4) {
      accepted.add(unsignedInt(fields, 0));
    }
    if (descriptor.length >= 8 && fields.getInt(0) == ZipFormat.DATA_DESCRIPTOR) {
      accepted.add(unsignedInt(fields, 4));
    }
    return new Checksum(accepted);
  }

  /** Checks the caller's numbers before anything is allocated. */
  private void check(SourceObject member) throws IOException, DamagedMemberException {
    long room = archiveBytes - headerBytes(member) - member.offset();
    if (member.offset() < 0 || member.storedBytes() < 0 || member.storedBytes() > room) {
      throw new DamagedMemberException("the archive ends before this member does");
    }
    boolean possible =
        member.deflated()
            ? ZipFormat.inflatable(member.storedBytes(), member.sizeBytes())
            : member.sizeBytes() == member.storedBytes();
    if (!possible) {
      // Sizes of an encrypted member, or of one by another method, say nothing; its header does.
      data(member, span(member.offset(), headerBytes(member)));
      throw new DamagedMemberException(
          "the archive declares %d bytes of this member out of %d"
              .formatted(member.sizeBytes(), member.storedBytes()));
    }
  }

  private static int headerBytes(SourceObject member) {
    return ZipFormat.LOCAL_HEADER_BYTES + member.member().getBytes(StandardCharsets.UTF_8).length;
  }

  /** Reads this many bytes from a position, or fewer at the end of the file. */
  private byte[] span(long position, long bytes) throws IOException {
    byte[] span = new byte[(int) Math.max(0, Math.min(bytes, archiveBytes - position))];
    archive.read(position, span, span.length);
    return span;
  }

  /**
   * Reads the local header (4.3.7). It has its own extra field, so only it says where the data
   * start.
   */
  private Data data(SourceObject member, byte[] span) throws DamagedMemberException {
    ByteBuffer fields = ZipFormat.littleEndian(span);
    int nameEnd = ZipFormat.LOCAL_HEADER_BYTES;
    boolean header = span.length >= nameEnd && fields.getInt(0) == ZipFormat.LOCAL_HEADER;
    if (header) {
      nameEnd += unsignedShort(fields, 26);
    }
    if (!header
        || span.length < nameEnd
        || !ZipFormat.name(span, ZipFormat.LOCAL_HEADER_BYTES, unsignedShort(fields, 26))
            .equals(member.member())) {
      throw new DamagedMemberException(
          "the archive holds something else where its directory points; was it changed since?");
    }
    int flags = unsignedShort(fields, 6);
    int method = unsignedShort(fields, 8);
    if ((flags & ZipFormat.FLAG_ENCRYPTED) != 0) {
      throw new DamagedMemberException(
          SliceReason.NOT_DICOM, "an encrypted member; decrypt the archive first");
    }
    if (method != ZipFormat.STORED && method != ZipFormat.DEFLATED) {
      throw new DamagedMemberException(
          SliceReason.NOT_DICOM,
          "compressed by zip method %d; only stored and deflated members are read: pack it again"
              .formatted(method));
    }
    if (member.deflated() != (method == ZipFormat.DEFLATED)) {
      throw new DamagedMemberException(
          "the member's own header and the archive's directory disagree on how it is stored");
    }
    long offset = member.offset() + nameEnd + unsignedShort(fields, 28);
    if (offset + member.storedBytes() > archiveBytes) {
      throw new DamagedMemberException("the archive ends before this member does");
    }
    return new Data(
        offset, (flags & ZipFormat.FLAG_DESCRIPTOR) == 0 ? unsignedInt(fields, 14) : null);
  }

  private static byte[] inflateStart(byte[] span, int from, int stored, int most)
      throws DamagedMemberException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(span, from, stored);
      byte[] bytes = new byte[most];
      int filled = 0;
      int count = 1;
      while (filled < most && count > 0) {
        count = inflater.inflate(bytes, filled, most - filled);
        filled += count;
      }
      return filled == most ? bytes : Arrays.copyOf(bytes, filled);
    } catch (DataFormatException e) {
      throw new DamagedMemberException(DAMAGED_DATA);
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflate(byte[] span, int start, int stored, int size)
      throws DamagedMemberException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(span, start, stored);
      byte[] bytes = new byte[size];
      int filled = 0;
      while (filled < size) {
        int count = inflater.inflate(bytes, filled, size - filled);
        if (count == 0) {
          throw new DamagedMemberException(
              "the archive declares %d bytes of this member and holds %d".formatted(size, filled));
        }
        filled += count;
      }
      // The declared size is the limit. Reading one more byte only shows whether the data end
      // there.
      if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
        throw new DamagedMemberException(
            "the archive declares %d bytes of this member and holds others".formatted(size));
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new DamagedMemberException(DAMAGED_DATA);
    } finally {
      inflater.end();
    }
  }
}
