package org.headct.ich.jobs.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * A stream of one archive member's own bytes. It ends with a {@link ZipException} if the bytes are
 * not those that the archive declares; a retry does not help. Other {@link IOException}s come from
 * the storage.
 */
final class MemberStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Range range;
  private final Inflater inflater;
  private final long sizeBytes;
  private final MemberReader.Checksum checksum;
  private final CRC32 crc = new CRC32();
  private long seen;

  /**
   * Opens a stream.
   *
   * @param archive stream at the first byte of the member's data; closed with this stream
   * @param member the member, whose sizes limit what is read and inflated
   */
  static MemberStream of(InputStream archive, SourceObject member, MemberReader.Checksum checksum) {
    Range range = new Range(archive, member.storedBytes());
    Inflater inflater = new Inflater(true);
    InputStream bytes =
        member.deflated() ? new InflaterInputStream(range, inflater, BUFFER_BYTES) : range;
    return new MemberStream(bytes, range, inflater, member.sizeBytes(), checksum);
  }

  private MemberStream(
      InputStream bytes,
      Range range,
      Inflater inflater,
      long sizeBytes,
      MemberReader.Checksum checksum) {
    super(bytes);
    this.range = range;
    this.inflater = inflater;
    this.sizeBytes = sizeBytes;
    this.checksum = checksum;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (EOFException e) {
      if (range.left > 0) {
        throw e;
      }
      throw new ZipException("the archive's deflated data end early");
    }
    if (count > 0) {
      seen += count;
      crc.update(bytes, offset, count);
    }
    if (seen > sizeBytes || (count < 0 && seen < sizeBytes)) {
      throw new ZipException(
          "the archive declares %d bytes of this member and holds %s"
              .formatted(sizeBytes, seen > sizeBytes ? "more" : Long.toString(seen)));
    }
    if (count < 0) {
      checkEnd();
    }
    return count;
  }

  private void checkEnd() throws ZipException {
    try {
      checksum.check(crc.getValue());
    } catch (SourceReader.DamagedMemberException e) {
      ZipException damaged = new ZipException(e.getMessage());
      damaged.initCause(e);
      throw damaged;
    }
  }

  /** Skips by reading, so that the checksum still covers all bytes. */
  @Override
  public long skip(long count) throws IOException {
    byte[] scratch = new byte[(int) Math.max(1, Math.min(count, BUFFER_BYTES))];
    long skipped = 0;
    while (skipped < count) {
      int read = read(scratch, 0, (int) Math.min(scratch.length, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /**
   * Closes the stream and ends the inflater. An InflaterInputStream does not end an inflater that
   * it was given, which would leak native memory.
   */
  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      inflater.end();
    }
  }

  /** The next {@code bytes} bytes of a stream and no more. */
  private static final class Range extends FilterInputStream {
    private long left;

    Range(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the archive has become shorter while it was read");
      }
      left -= count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }
  }
}
