package org.headct.ich.jobs.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.headct.ich.domain.ct.SliceReason;
import org.headct.ich.domain.dicom.DicomLimits;
import org.headct.ich.domain.dicom.FileKind;
import org.headct.ich.jobs.source.SourceReader.DamagedMemberException;

/**
 * A single object that was compressed as a whole: {@code x.dcm.gz}, also .bz2 and .zst, as a file
 * or as a member of an archive. Its bytes tell, whatever its name is.
 */
final class CompressedObject {
  private static final int DICOM_PREFIX = 128;
  private static final int START_BYTES = 4096;

  private CompressedObject() {}

  /**
   * Returns whether an object is compressed.
   *
   * @param start the first bytes of the object, or all of them
   */
  static boolean is(byte[] start) {
    return switch (kind(start)) {
      case GZIP, BZIP2, ZSTD -> true;
      default -> false;
    };
  }

  private static FileKind kind(byte[] start) {
    // The preamble of a DICOM object may hold any bytes.
    boolean isDicom =
        start.length >= DICOM_PREFIX + 4
            && start[DICOM_PREFIX] == 'D'
            && start[DICOM_PREFIX + 1] == 'I'
            && start[DICOM_PREFIX + 2] == 'C'
            && start[DICOM_PREFIX + 3] == 'M';
    return isDicom ? FileKind.UNKNOWN : FileKind.of(start);
  }

  /**
   * Returns an object without its compression. Other objects are returned as they are. No more is
   * decompressed than a deflated data set may have. Of a tar archive or another format that is no
   * DICOM object, the start is enough to name it.
   *
   * @throws DamagedMemberException if the data are damaged, cut short or too long
   */
  static byte[] expand(Configuration hadoop, byte[] stored) throws DamagedMemberException {
    FileKind kind = kind(stored);
    if (!is(stored)) {
      return stored;
    }
    int limit = DicomLimits.defaults().maxInflatedBytes();
    byte[] bytes;
    try (InputStream in = open(hadoop, kind, stored)) {
      byte[] start = in.readNBytes(START_BYTES);
      FileKind.Role inside = kind(start).role();
      if (inside == FileKind.Role.PACKED || inside == FileKind.Role.OTHER) {
        return start;
      }
      byte[] rest = in.readNBytes(limit + 1 - start.length);
      bytes = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, bytes, start.length, rest.length);
    } catch (IOException | RuntimeException e) {
      // The data are in memory, so no storage can fail.
      throw new DamagedMemberException(
          SliceReason.DAMAGED_MEMBER,
          "the .%s data are damaged or cut short".formatted(extension(kind)));
    }
    if (bytes.length > limit) {
      throw new DamagedMemberException(
          SliceReason.LIMIT_EXCEEDED,
          "more than %d bytes after decompression; decompress it first".formatted(limit));
    }
    return bytes;
  }

  private static InputStream open(Configuration hadoop, FileKind kind, byte[] stored)
      throws IOException {
    InputStream in = new ByteArrayInputStream(stored);
    // The JDK's reader allows padding after the data, Hadoop's does not.
    return kind == FileKind.GZIP
        ? new GZIPInputStream(in)
        : Decompression.of(hadoop, "object." + extension(kind), in);
  }

  private static String extension(FileKind kind) {
    return switch (kind) {
      case GZIP -> "gz";
      case BZIP2 -> "bz2";
      case ZSTD -> "zst";
      default -> throw new IllegalArgumentException(kind + " is not decompressed");
    };
  }
}
