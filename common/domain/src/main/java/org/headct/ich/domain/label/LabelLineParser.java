package org.headct.ich.domain.label;

import org.headct.ich.domain.label.LabelLine.Accepted;
import org.headct.ich.domain.label.LabelLine.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * The parsing behind {@link LabelLine}: indices into the line, no regular expression, no copies.
 */
public final class LabelLineParser {
  static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final int SHOWN_CHARACTERS = 40;
  private static final String PREFIX = "ID_";

  /** What {@link #field} returns for unbalanced quotes; bounds are never negative. */
  private static final long NO_FIELD = -1;

  private LabelLineParser() {}

  static LabelLine parse(String line, LabelHeader.LongForm header) {
    int start = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    int comma = line.indexOf(',', start);
    if (comma < 0 || line.indexOf(',', comma + 1) >= 0) {
      return malformed(line);
    }
    long first = field(line, start, comma);
    long second = field(line, comma + 1, line.length());
    long id = header == LabelHeader.LongForm.ID_FIRST ? first : second;
    long value = header == LabelHeader.LongForm.ID_FIRST ? second : first;
    if (id == NO_FIELD || value == NO_FIELD) {
      return malformed(line);
    }
    int idFrom = from(id);
    int idTo = to(id);
    int underscore = line.lastIndexOf('_', idTo - 1);
    if (!isImageId(line, idFrom, underscore)) {
      return malformed(line);
    }
    Subtype subtype = Subtype.findAt(line, underscore + 1, idTo);
    if (subtype == null) {
      return rejected(LabelReason.UNKNOWN_SUBTYPE, line, underscore + 1, idTo);
    }
    Annotation annotation = annotation(line, from(value), to(value));
    if (annotation == null) {
      return rejected(LabelReason.BAD_VALUE, line, from(value), to(value));
    }
    return new Accepted(line.substring(idFrom, underscore), subtype, annotation);
  }

  /** The text on one line, without control characters, cut with an ellipsis. */
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

  /** A row that is no row of the format. */
  public static Rejected malformed(String line) {
    return new Rejected(LabelReason.MALFORMED_ROW, shown(line, SHOWN_CHARACTERS));
  }

  /** What breaks a line, moves a cursor or turns the direction of a text. */
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

  private static Rejected rejected(LabelReason reason, String line, int from, int to) {
    return new Rejected(reason, shown(line.substring(from, to), SHOWN_CHARACTERS));
  }

  /** Bounds of the field without spaces and one pair of quotes, or {@link #NO_FIELD}. */
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

  /** Whether {@code line[from, to)} is an id as {@link LabelLine} describes it. */
  static boolean isImageId(String line, int from, int to) {
    if (to - from <= PREFIX.length() || !line.startsWith(PREFIX, from)) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
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

  /** The value in {@code line[from, to)}, which has no spaces around it; null if it is none. */
  static @Nullable Annotation annotation(String line, int from, int to) {
    if (from == to) {
      return Annotation.BLANK;
    }
    boolean integer = to - from == 1;
    boolean decimal = to - from == 3 && line.startsWith(".0", from + 1);
    if (integer || decimal) {
      char digit = line.charAt(from);
      if (digit == '0') {
        return Annotation.NEGATIVE;
      }
      if (digit == '1') {
        return Annotation.POSITIVE;
      }
    }
    return null;
  }
}
