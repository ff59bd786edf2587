package org.headct.ich.jobs.source;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where one object of an input lies: a file, or a member of a zip archive that is read in place.
 *
 * @param uri the file or the archive
 * @param member name inside the archive, or empty; only ever shown and compared, never used as a
 *     path
 * @param offset offset of the member's local header in the archive, or 0
 * @param storedBytes bytes as they lie there
 * @param sizeBytes bytes of the object itself
 * @param deflated whether the archive stores it deflated
 * @param version what changes when the bytes do: of a file the time of its last change in ms since
 *     1970, of a member the CRC-32 that its archive records
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

  /** One that is only read: its version does not matter, and is 0. */
  public SourceObject(
      String uri, String member, long offset, long storedBytes, long sizeBytes, boolean deflated) {
    this(uri, member, offset, storedBytes, sizeBytes, deflated, 0);
  }

  /** {@code uri} or {@code uri!member}: how findings and messages name it. */
  public String display() {
    return member.isEmpty() ? uri : uri + "!" + member;
  }

  /** The last part of the name, without folders and extension. */
  public String stem() {
    String path = member.isEmpty() ? uri : member;
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** Lower-case extension without the dot, or empty. */
  public String extension() {
    return extensionOf(member.isEmpty() ? uri : member);
  }

  static String extensionOf(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot >= 0 ? file.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }
}
