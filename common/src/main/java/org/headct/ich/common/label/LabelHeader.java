package org.headct.ich.common.label;

import java.util.Locale;
import org.headct.ich.common.error.UserException;

/** The first line of a label file: which of its two columns is the id and which the value. */
public enum LabelHeader {
  /** {@code ID,Label}, as the competition published it. */
  ID_FIRST,
  /** {@code Label,ID}. */
  LABEL_FIRST;

  private static final int SHOWN_CHARACTERS = 60;

  /**
   * Recognises {@code ID,Label} in either order; case, spaces, quotes, a byte order mark and a
   * carriage return don't matter.
   *
   * @param line the first line of the file, without its line feed
   * @param source the file, for the message
   * @throws UserException if the line is anything else
   */
  public static LabelHeader parse(String line, String source) {
    int from = !line.isEmpty() && line.charAt(0) == LabelLineParser.BYTE_ORDER_MARK ? 1 : 0;
    String plain = line.substring(from).replace("\"", "").toLowerCase(Locale.ROOT);
    int comma = plain.indexOf(',');
    if (comma >= 0) {
      String first = plain.substring(0, comma).strip();
      String second = plain.substring(comma + 1).strip();
      if (first.equals("id") && second.equals("label")) {
        return ID_FIRST;
      }
      if (first.equals("label") && second.equals("id")) {
        return LABEL_FIRST;
      }
    }
    throw new UserException(
        source + ":1: a label file must start with the columns ID,Label, got " + found(line));
  }

  private static String found(String line) {
    if (line.isBlank()) {
      return "an empty line; is the file empty?";
    }
    String shown = "'" + LabelLineParser.shown(line, SHOWN_CHARACTERS) + "'";
    if (line.strip().startsWith("ID_") || line.strip().startsWith("\"ID_")) {
      return "the data row " + shown + "; put the header ID,Label before it";
    }
    if (line.indexOf('\t') >= 0 || line.indexOf(';') >= 0) {
      return shown + "; separate the columns by a comma";
    }
    return shown + "; check labels.input";
  }
}
