package org.headct.ich.domain.label;

import java.util.Locale;
import org.headct.ich.domain.label.CsvRecords.CsvRecord;
import org.headct.ich.domain.label.LabelLine.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a single row of a label file, one method a rule.
 *
 * <p>{@link LabelLineParser} (long form), {@link WideLabels} (wide form) and {@link ScanReads}
 * (reads) apply them. {@code packed.LongFormReader} reads the plainest lines from their bytes; it
 * accepts only lines that these rules accept, with the same meaning. {@code LabelRulesPropertyTest}
 * checks that.
 *
 * <p>A rule returns null where the row keeps it, and otherwise the {@link Rejected} row. A rule
 * that finds a value returns it, or null where there is none.
 */
public final class RowRules {
  /** The longest row: characters of a record, or bytes of a line of the long form. */
  public static final int MAX_LENGTH = 1 << 16;

  private static final int SHOWN_CHARACTERS = 40;
  private static final String ID_PREFIX = "ID_";
  private static final String[] EXTENSIONS = {".dcm", ".png", ".jpg", ".jpeg"};

  private RowRules() {}

  /**
   * Returns whether a line is a row. A line of white space is no row and has no finding, but it
   * counts as a line.
   */
  public static boolean isRow(String line) {
    return !line.isBlank();
  }

  /**
   * Rejects a line of the long form. The line must have two fields with balanced quotes, at most
   * {@value #MAX_LENGTH} bytes, and the id of an image and a class.
   *
   * @param line the whole line, or the start of a line that is too long
   */
  public static Rejected malformed(String line) {
    return rejected(LabelReason.MALFORMED_ROW, line);
  }

  /**
   * Checks the fields of a record of the wide form or of the reads. The record must have balanced
   * quotes, at most {@value #MAX_LENGTH} characters, and as many fields as the header.
   *
   * @param columns the number of fields of the header
   */
  static @Nullable Rejected fields(CsvRecord record, int columns) {
    if (record.broken()) {
      return rejected(LabelReason.MALFORMED_ROW, "quotes or length of the row");
    }
    int fields = record.fields().size();
    return fields == columns
        ? null
        : rejected(LabelReason.MALFORMED_ROW, "%d fields instead of %d".formatted(fields, columns));
  }

  /**
   * Returns whether {@code text[from, to)} is an image's id: {@code ID_} and at least one more
   * character, all of them ASCII letters, digits, {@code _}, {@code -} or {@code .}.
   */
  static boolean isImageId(String text, int from, int to) {
    if (to - from <= ID_PREFIX.length() || !text.startsWith(ID_PREFIX, from)) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isMark(c);
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(char c) {
    return c == '_' || c == '-' || c == '.';
  }

  /** Removes the extension of an image file from an id of the wide form, for example .dcm. */
  static String withoutExtension(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension)) {
        return id.substring(0, id.length() - extension.length());
      }
    }
    return id;
  }

  /** Checks an image's id of the wide form, without its extension, by {@link #isImageId}. */
  static @Nullable Rejected imageId(String id) {
    return isImageId(id, 0, id.length())
        ? null
        : rejected(LabelReason.MALFORMED_ROW, id.isBlank() ? "no id" : id);
  }

  /** Checks a scan's name: it must not be blank. The finding never shows a name. */
  static @Nullable Rejected scanName(String name) {
    return name.isEmpty() ? rejected(LabelReason.MALFORMED_ROW, "no name") : null;
  }

  /**
   * Returns the class that {@code text[from, to)} names; null if it is none of the six, which is
   * {@link #unknownSubtype}.
   */
  static @Nullable Subtype subtype(String text, int from, int to) {
    return Subtype.findAt(text, from, to);
  }

  /**
   * Rejects a row of the long form whose id does not end in one of the six classes.
   *
   * @param name the text in the place of the class
   */
  static Rejected unknownSubtype(String name) {
    return rejected(LabelReason.UNKNOWN_SUBTYPE, name);
  }

  /**
   * Returns the value in {@code text[from, to)}, which has no spaces around it. A value is {@code
   * 0}, {@code 1}, {@code 0.0}, {@code 1.0} or nothing; everything else gives null, which is {@link
   * #badValue}.
   */
  static @Nullable Annotation annotation(String text, int from, int to) {
    if (from == to) {
      return Annotation.BLANK;
    }
    boolean integer = to - from == 1;
    boolean decimal = to - from == 3 && text.startsWith(".0", from + 1);
    if (integer || decimal) {
      char digit = text.charAt(from);
      if (digit == '0') {
        return Annotation.NEGATIVE;
      }
      if (digit == '1') {
        return Annotation.POSITIVE;
      }
    }
    return null;
  }

  /**
   * Rejects a row with a value that {@link #annotation} does not know.
   *
   * @param value the value, after the name of its column where a row has several
   */
  static Rejected badValue(String value) {
    return rejected(LabelReason.BAD_VALUE, value);
  }

  private static Rejected rejected(LabelReason reason, String found) {
    return new Rejected(reason, LabelLineParser.shown(found, SHOWN_CHARACTERS));
  }
}
