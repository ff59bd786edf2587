package org.headct.ich.domain.dicom;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Kind of a file that is no DICOM object, recognised by its first bytes. */
public enum FileKind {
  EMPTY(Role.STAND_IN, "an empty file; copy it again"),
  ZEROS(Role.STAND_IN, "zeros only, as an unfinished copy leaves them; copy it again"),
  GIT_LFS(
      Role.STAND_IN,
      "a git-lfs pointer in the object's place; fetch the object with git lfs pull",
      "version https://git-lfs"),
  GIT_ANNEX(
      Role.STAND_IN,
      "a git-annex pointer in the object's place; fetch the object with git annex get",
      "/annex/objects/",
      "../.git/annex/",
      ".git/annex/"),
  HTML(Role.STAND_IN, "an HTML page; was an error page saved in the object's place?"),
  XML(Role.STAND_IN, "XML; was an error message saved in the object's place?"),
  JSON(Role.STAND_IN, "JSON; was an error message saved in the object's place?"),
  TEXT(Role.STAND_IN, "text; was an error message saved in the object's place?"),
  ZIP(
      Role.PACKED,
      "a zip archive; let its name end in .zip, or unpack it if it lies in another archive",
      "PK\u0003\u0004",
      "PK\u0005\u0006",
      "PK\u0007\b"),
  GZIP(Role.PACKED, "gzip data; decompress them", "\u001F\u008B"),
  BZIP2(Role.PACKED, "bzip2 data; decompress them", "BZh"),
  ZSTD(Role.PACKED, "zstd data; decompress them", "(\u00B5/\u00FD"),
  XZ(Role.PACKED, "xz data; decompress them", "\u00FD7zXZ"),
  LZ4(Role.PACKED, "lz4 data; decompress them", "\u0004\"M\u0018"),
  COMPRESS(Role.PACKED, "data of compress (.Z); decompress them", "\u001F\u009D"),
  TAR(Role.PACKED, "a tar archive; unpack it, or pack its files as zip"),
  SEVEN_ZIP(Role.PACKED, "a 7z archive; unpack it, or pack its files as zip", "7z\u00BC\u00AF'"),
  RAR(Role.PACKED, "a RAR archive; unpack it, or pack its files as zip", "Rar!\u001A"),
  NIFTI(Role.OTHER, "a NIfTI image, which is no DICOM object; export the series as DICOM"),
  NRRD(Role.OTHER, "an NRRD image, which is no DICOM object; export the series as DICOM", "NRRD0"),
  META_IMAGE(
      Role.OTHER,
      "a MetaImage, which is no DICOM object; export the series as DICOM",
      "ObjectType ="),
  PDF(Role.OTHER, "a PDF file", "%PDF"),
  PICTURE(
      Role.OTHER,
      "a picture (PNG, JPEG, GIF, TIFF, BMP or JPEG 2000), which is no DICOM object",
      "\u0089PNG",
      "\u00FF\u00D8\u00FF",
      "GIF8",
      "II*\0",
      "MM\0*",
      "\0\0\0\fjP",
      "\u00FFO\u00FFQ",
      "BM"),
  PROGRAM(
      Role.OTHER,
      "a program or a part of one",
      "MZ",
      "\u007FELF",
      "\u00CF\u00FA\u00ED\u00FE",
      "\u00CE\u00FA\u00ED\u00FE",
      "\u00CA\u00FE\u00BA\u00BE",
      "MSCF",
      "#!"),
  DOCUMENT(Role.OTHER, "an Office document or installer", "\u00D0\u00CF\u0011\u00E0"),
  DATA_FILE(
      Role.OTHER,
      "a data file (SQLite, HDF5, NumPy, MATLAB or Parquet), which is no DICOM object",
      "SQLite format 3",
      "\u0089HDF",
      "\u0093NUMPY",
      "MATLAB 5.0",
      "PAR1"),
  APPLE_DOUBLE(
      Role.OTHER, "macOS's notes about another file", "\0\u0005\u0016\u0007", "\0\0\0\u0001Bud1"),
  UNKNOWN(Role.UNKNOWN, "no DICM prefix and no data set at the start of the object");

  /** The relation of such a file to the images of a dump. */
  public enum Role {
    /** It holds the place of an object that was not copied. */
    STAND_IN,
    /** It may hold objects. */
    PACKED,
    /** It belongs to another program. */
    OTHER,
    UNKNOWN
  }

  /** The number of bytes that are looked at. */
  private static final int LOOK_BYTES = 1024;

  private static final int TAR_MAGIC = 257;
  private static final int NIFTI_MAGIC = 344;

  private final Role role;
  private final String description;

  /** The first bytes, each as the character of its value. */
  private final List<String> starts;

  FileKind(Role role, String description, String... starts) {
    this.role = role;
    this.description = description;
    this.starts = List.of(starts);
  }

  public Role role() {
    return role;
  }

  /** Returns a clause for a finding: the kind, with the remedy if there is one. */
  public String description() {
    return description;
  }

  /**
   * Recognises a file that is known to be no DICOM object.
   *
   * @param start the first bytes of the file, or all of them
   */
  public static FileKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    String seen =
        new String(start, 0, Math.min(start.length, LOOK_BYTES), StandardCharsets.ISO_8859_1);
    if (seen.startsWith("ustar", TAR_MAGIC)) {
      return TAR;
    }
    if (seen.startsWith("n+1\0", NIFTI_MAGIC)
        || seen.startsWith("ni1\0", NIFTI_MAGIC)
        || seen.startsWith("n+2\0", Integer.BYTES)) {
      return NIFTI;
    }
    boolean isText = seen.chars().noneMatch(FileKind::isBinary);
    for (FileKind kind : values()) {
      for (String first : kind.starts) {
        // Two letters may also begin a text.
        if (seen.startsWith(first) && (first.length() > 2 || !isText || first.equals("#!"))) {
          return kind;
        }
      }
    }
    if (isText) {
      return ofText(seen);
    }
    return seen.chars().allMatch(c -> c == 0) ? ZEROS : UNKNOWN;
  }

  private static FileKind ofText(String seen) {
    // The UTF-8 byte order mark, read as three characters.
    String text = seen.startsWith("\u00EF\u00BB\u00BF") ? seen.substring(3) : seen;
    text = text.stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return HTML;
    }
    if (text.startsWith("<")) {
      return text.contains("<html") ? HTML : XML;
    }
    return text.startsWith("{") || text.startsWith("[") ? JSON : TEXT;
  }

  /** Returns whether a character is a control character that no text holds. */
  private static boolean isBinary(int c) {
    return c < ' ' && "\t\n\u000B\f\r".indexOf(c) < 0 || c == 0x7F;
  }
}
