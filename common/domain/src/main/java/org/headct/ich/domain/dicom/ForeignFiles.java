package org.headct.ich.domain.dicom;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognition of files that lie in a dump and were never meant to be images: the viewer of a CD,
 * its manual, an index. Such a file is no DICOM object by its content nor by its name.
 *
 * <p>An archive or compressed file is never foreign, because it may hold images. An empty file, a
 * pointer or an error page is foreign only under another program's name, because it may stand for
 * an image.
 */
public final class ForeignFiles {
  /** Extensions of DICOM objects, and of their unfinished copies. */
  private static final Set<String> DICOM =
      Set.of(
          "dcm",
          "dicom",
          "dic",
          "dc3",
          "ima",
          "img",
          "acr",
          "ct",
          "part",
          "filepart",
          "tmp",
          "crdownload");

  private static final Set<String> COMPRESSED =
      Set.of("gz", "bz2", "zst", "zstd", "xz", "lz4", "lzma", "z");

  private static final Set<String> ARCHIVES =
      Set.of("zip", "tar", "tgz", "tbz", "tbz2", "txz", "7z", "rar", "iso");

  /** An extension that names a program. UIDs as names end in digits, scanners' names in A001. */
  private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z_~-]{0,15}[0-9]?");

  /** Names without extension that say what a file is for. */
  private static final Set<String> DOCUMENTS =
      Set.of(
          "readme",
          "license",
          "licence",
          "copying",
          "notice",
          "authors",
          "version",
          "changelog",
          "changes",
          "manifest",
          "install",
          "lockfile",
          "index");

  private ForeignFiles() {}

  /**
   * Returns whether a file that is no DICOM object is foreign.
   *
   * @param name name of the file without folders
   * @param start the first bytes of the file, decompressed
   */
  public static boolean isForeign(String name, byte[] start) {
    FileKind kind = FileKind.of(start);
    String plain = name.toLowerCase(Locale.ROOT);
    String extension = extension(plain);
    while (COMPRESSED.contains(extension)) {
      plain = plain.substring(0, plain.length() - extension.length() - 1);
      extension = extension(plain);
    }
    if (DICOM.contains(extension) || ARCHIVES.contains(extension)) {
      return false;
    }
    if (EXTENSION.matcher(extension).matches()) {
      return true;
    }
    return switch (kind.role()) {
      case OTHER -> true;
      case STAND_IN, UNKNOWN ->
          DOCUMENTS.contains(plain) || plain.startsWith(".") || plain.startsWith("_");
      case PACKED -> false;
    };
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
