package org.headct.ich.jobs.source;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

/**
 * The place of one object of an input: a file, or a member of a zip archive that is read in place.
 *
 * @param uri the file or the archive
 * @param member name inside the archive, or empty; only shown and compared, never used as a path
 * @param offset offset of the member's local header in the archive, or 0
 * @param storedBytes number of bytes as stored
 * @param sizeBytes number of bytes of the object itself; of an object compressed as a whole, such
 *     as {@code x.dcm.gz}, the number of compressed bytes, because a listing knows no other
 * @param deflated whether the archive stores it deflated
 * @param version a number that changes with the bytes: a file's modification time in ms since 1970,
 *     or the CRC-32 that the archive records for a member
 */
public record SourceObject(
    String uri,
    String member,
    long offset,
    long storedBytes,
    long sizeBytes,
    boolean deflated,
    long version)
    implements Serializable {

  /** Extensions of objects that are compressed as a whole. */
  private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "zst", "zstd");

  /** Creates an object that is only read. Its version does not matter and is 0. */
  public SourceObject(
      String uri, String member, long offset, long storedBytes, long sizeBytes, boolean deflated) {
    this(uri, member, offset, storedBytes, sizeBytes, deflated, 0);
  }

  /** Returns {@code uri} or {@code uri!member}, the name in findings and messages. */
  public String display() {
    return member.isEmpty() ? uri : uri + "!" + member;
  }

  /** Returns the last part of the name, without folders. */
  public String fileName() {
    return baseName(member.isEmpty() ? uri : member);
  }

  /** Returns the last part of the name, without folders, extension and that of a compression. */
  public String stem() {
    String file = fileName();
    return withoutExtension(COMPRESSED.contains(extensionOf(file)) ? withoutExtension(file) : file);
  }

  private static String withoutExtension(String file) {
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** Returns the lower-case extension without the dot, or an empty string. */
  public String extension() {
    return extensionOf(member.isEmpty() ? uri : member);
  }

  /**
   * Returns the part of a path after its last slash or backslash. Archives that PowerShell writes
   * have paths with backslashes.
   */
  static String baseName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** Returns the extension of the object inside: {@code dcm} of {@code x.dcm.gz}. */
  static String innerExtensionOf(String name) {
    return extensionOf(COMPRESSED.contains(extensionOf(name)) ? withoutExtension(name) : name);
  }

  static String extensionOf(String path) {
    String file = baseName(path);
    int dot = file.lastIndexOf('.');
    return dot >= 0 ? file.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}
