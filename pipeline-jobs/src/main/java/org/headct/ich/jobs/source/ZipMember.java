package org.headct.ich.jobs.source;

/**
 * A member as the archive's central directory describes it (APPNOTE.TXT 4.3.12).
 *
 * @param name the member's name; only shown and compared, never used as a path
 * @param headerOffset offset of its local header in the file; its data follow that header
 * @param storedBytes number of bytes as stored in the archive
 * @param sizeBytes number of bytes of the member itself
 * @param method 0 stored, 8 deflated (4.4.5)
 * @param crc32 checksum of the member itself
 * @param protection whether its data are encrypted (4.4.4, bit 0)
 */
record ZipMember(
    String name,
    long headerOffset,
    long storedBytes,
    long sizeBytes,
    int method,
    long crc32,
    Protection protection) {

  enum Protection {
    NONE,
    ENCRYPTED
  }

  /** Returns whether this is a folder's entry. Windows tools may end its name with a backslash. */
  boolean directory() {
    return name.endsWith("/") || name.endsWith("\\") && sizeBytes == 0;
  }
}
