package org.headct.ich.domain.label;

import java.util.List;
import org.headct.ich.domain.label.LabelLine.Accepted;

/**
 * The parser of a {@link LabelLine}: it works with indices into the line and copies only what the
 * result holds. {@link RowRules} says which lines can be used.
 */
final class LabelLineParser {
  static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The result of {@link #field} for unbalanced quotes; bounds are never negative. */
  private static final long NO_FIELD = -1;

  private LabelLineParser() {}

  /** Parses a line that consists of the two fields. */
  static LabelLine parse(String line, LabelHeader.LongForm header, LabelIds ids) {
    int start = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    int comma = line.indexOf(',', start);
    if (comma < 0 || line.indexOf(',', comma + 1) >= 0) {
      return quoted(line, line.substring(start), header, ids);
    }
    long first = field(line, start, comma);
    long second = field(line, comma + 1, line.length());
    long id = header.id() == 0 ? first : second;
    long value = header.id() == 0 ? second : first;
    if (id == NO_FIELD || value == NO_FIELD) {
      return RowRules.malformed(line, ids);
    }
    return of(line, line.substring(from(id), to(id)), line.substring(from(value), to(value)), ids);
  }

  /** Parses a line with another number of commas than one; a quoted path may hold some. */
  private static LabelLine quoted(
      String line, String unmarked, LabelHeader.LongForm header, LabelIds ids) {
    List<String> fields = unmarked.indexOf('"') < 0 ? List.of() : CsvRecords.fields(unmarked, ',');
    return fields.size() == 2
        ? of(line, fields.get(header.id()), fields.get(header.label()), ids)
        : RowRules.malformed(line, ids);
  }

  /**
   * Parses the two fields of a row.
   *
   * @param id the image and the class, without spaces around them
   * @param value the value, without spaces around it
   */
  static LabelLine of(String id, String value, LabelIds ids) {
    return of(id + "," + value, id, value, ids);
  }

  private static LabelLine of(String row, String id, String value, LabelIds ids) {
    int underscore = id.lastIndexOf('_');
    String image = underscore < 0 ? null : ids.image(id.substring(0, underscore));
    if (image == null) {
      return RowRules.malformed(row, ids);
    }
    Subtype subtype = RowRules.subtype(id, underscore + 1, id.length());
    if (subtype == null) {
      return RowRules.unknownSubtype(id.substring(underscore + 1), ids);
    }
    Annotation annotation = RowRules.annotation(value, 0, value.length());
    if (annotation == null) {
      return RowRules.badValue(value, ids);
    }
    return new Accepted(image, subtype, annotation);
  }

  /** Returns the text on one line, without control characters, cut with an ellipsis. */
  static String shown(String text, int characters) {
    String stripped = text.strip();
    StringBuilder shown = new StringBuilder(Math.min(stripped.length(), characters));
    for (int i = 0; i < stripped.length(); i++) {
      if (shown.length() == characters - 1 && stripped.length() > characters) {
        return shown.append('…').toString();
      }
      char c = stripped.charAt(i);
      shown.append(isInvisible(c) ? '·' : c);
    }
    return shown.toString();
  }

  /** Returns whether a character breaks a line, moves a cursor or turns the text's direction. */
  private static boolean isInvisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Returns the field's bounds without spaces and one pair of quotes, or {@link #NO_FIELD}. */
  private static long field(String line, int from, int to) {
    long outer = trimmed(line, from, to);
    int first = from(outer);
    int end = to(outer);
    boolean opens = first < end && line.charAt(first) == '"';
    boolean closes = first < end && line.charAt(end - 1) == '"';
    if (!opens && !closes) {
      return outer;
    }
    return opens && closes && end - first >= 2 ? trimmed(line, first + 1, end - 1) : NO_FIELD;
  }

  private static long trimmed(String line, int from, int to) {
    int first = from;
    int end = to;
    while (first < end && line.charAt(first) <= ' ') {
      first++;
    }
    while (end > first && line.charAt(end - 1) <= ' ') {
      end--;
    }
    return (long) first << 32 | end;
  }

  private static int from(long bounds) {
    return (int) (bounds >>> 32);
  }

  private static int to(long bounds) {
    return (int) bounds;
  }
}
