package org.headct.ich.domain.label;

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

  private RowRules() {}

  /**
   * Returns whether a line is a row. A line of white space and a comment, which starts with a
   * {@code #}, are no rows and have no finding, but they count as lines.
   */
  public static boolean isRow(String line) {
    return !line.isBlank() && line.stripLeading().charAt(0) != '#';
  }

  /**
   * Rejects a line of the long form. The line must have two fields with balanced quotes, at most
   * {@value #MAX_LENGTH} bytes, and the id of an image and a class.
   *
   * @param line the whole line, or the start of a line that is too long
   */
  public static Rejected malformed(String line, LabelIds ids) {
    return rejected(LabelReason.MALFORMED_ROW, ids.hidden(line));
  }

  /**
   * Checks the fields of a record. The record must have balanced quotes, at most {@value
   * #MAX_LENGTH} characters, and as many fields as the header.
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

  /** Rejects a row of the wide form whose id names no image by {@link LabelIds#image}. */
  static Rejected noImage(String written, LabelIds ids) {
    return rejected(LabelReason.MALFORMED_ROW, written.isBlank() ? "no id" : ids.hidden(written));
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
  static Rejected unknownSubtype(String name, LabelIds ids) {
    return rejected(LabelReason.UNKNOWN_SUBTYPE, ids.hidden(name));
  }

  /**
   * Returns the value in {@code text[from, to)}, which has no spaces around it. A value is 0, 1 or
   * missing, in one of the spellings of {@link LabelValues}. Everything else gives null, which is
   * {@link #badValue}.
   */
  static @Nullable Annotation annotation(String text, int from, int to) {
    if (to - from == 1) {
      // The spelling of nearly all values.
      char digit = text.charAt(from);
      if (digit == '0') {
        return Annotation.NEGATIVE;
      }
      if (digit == '1') {
        return Annotation.POSITIVE;
      }
    }
    return LabelValues.of(text.substring(from, to));
  }

  /**
   * Rejects a row with a value that {@link #annotation} does not know.
   *
   * @param value the value, after the name of its column where a row has several
   */
  static Rejected badValue(String value, LabelIds ids) {
    return rejected(LabelReason.BAD_VALUE, ids.hidden(value));
  }

  private static Rejected rejected(LabelReason reason, String found) {
    return new Rejected(reason, LabelLineParser.shown(found, SHOWN_CHARACTERS));
  }
}
