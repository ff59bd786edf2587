package org.headct.ich.domain.label;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV text (RFC 4180), read one by one in bounded memory.
 *
 * <p>In sound CSV a record ends with the line that makes the number of quotes even. Lines are
 * joined until then. Records whose quotes only enclose whole fields are split here; commons-csv
 * parses the others.
 *
 * <p>A record is broken if it is longer than {@link #MAX_CHARACTERS}, is still open at the end of
 * the file, has unsound fields, or has a line break in a column that never holds one. A broken
 * record costs only its <em>first line</em>; reading goes on with the line after it. A forgotten
 * quote therefore spoils one row, not the rest of the file. No line is read more than twice: a
 * record that fails by length or by the end of the file has no other line with an odd number of
 * quotes, and one that fails when parsed has one, its last.
 *
 * <p>Lines end with LF, CRLF or CR. Blank lines and comments between records are skipped but
 * counted ({@link RowRules#isRow}).
 */
final class CsvRecords {
  /** The maximum length of a record in characters, line breaks included. */
  static final int MAX_CHARACTERS = RowRules.MAX_LENGTH;

  private final Reader text;
  private final char separator;
  private final int columns;
  private final List<Integer> inline;
  private final char[] buffer = new char[1 << 13];
  private int next;
  private int end;
  private boolean skipLineFeed;

  /** Lines of a broken record that are read again. */
  private final Deque<String> again = new ArrayDeque<>();

  private long line;

  /**
   * @param text the text behind its header; read in blocks, not closed
   * @param columns the number of fields of a record that spans lines
   * @param inline columns whose fields never hold a line break. Where one seems to, two quotes are
   *     missing, and the rows between them must not be lost
   */
  CsvRecords(LabelText text, int columns, Collection<Integer> inline) {
    this.text = text.rows();
    this.separator = text.top().separator();
    this.line = text.top().line() + 1;
    this.columns = columns;
    this.inline = List.copyOf(inline);
  }

  /**
   * A record.
   *
   * @param line the line where it starts
   * @param fields its fields without quotes and the spaces around them; empty if the record is
   *     broken
   */
  record CsvRecord(long line, List<String> fields) {
    boolean broken() {
      return fields.isEmpty();
    }
  }

  /** Returns the next record; null at the end of the text. */
  @Nullable CsvRecord next() throws IOException {
    String first = nextLine();
    while (first != null && !RowRules.isRow(first)) {
      first = nextLine();
    }
    if (first == null) {
      return null;
    }
    long start = line - 1;
    if (first.length() > MAX_CHARACTERS) {
      return new CsvRecord(start, List.of());
    }
    if (!oddQuotes(first)) {
      return new CsvRecord(start, fields(first, separator));
    }
    List<String> lines = new ArrayList<>(List.of(first));
    List<String> fields = joined(lines);
    if (fields.isEmpty()) {
      for (int i = lines.size() - 1; i > 0; i--) {
        again.addFirst(lines.get(i));
        line--;
      }
    }
    return new CsvRecord(start, fields);
  }

  /**
   * Adds the lines up to the closing quote and returns the fields; empty if the record is broken.
   */
  private List<String> joined(List<String> lines) throws IOException {
    StringBuilder record = new StringBuilder(lines.get(0));
    boolean open = true;
    while (open) {
      String more = nextLine();
      if (more == null) {
        return List.of();
      }
      lines.add(more);
      if (record.length() + 1 + more.length() > MAX_CHARACTERS) {
        return List.of();
      }
      record.append('\n').append(more);
      open = !oddQuotes(more);
    }
    List<String> fields = fields(record.toString(), separator);
    boolean row =
        fields.size() == columns
            && inline.stream().noneMatch(c -> fields.get(c).indexOf('\n') >= 0);
    return row ? fields : List.of();
  }

  private static boolean oddQuotes(String text) {
    boolean odd = false;
    for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
      odd = !odd;
    }
    return odd;
  }

  /** Returns a record's fields without quotes and the spaces around them; empty if it is broken. */
  static List<String> fields(String record, char separator) {
    List<String> plain = plain(record, separator);
    return plain == null ? parsed(record, separator) : plain;
  }

  /**
   * Splits a record by commons-csv, which takes ten times as long: it sets up a parser each time.
   */
  static List<String> parsed(String record, char separator) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setIgnoreSurroundingSpaces(true)
            .build();
    try (CSVParser parser = CSVParser.parse(record, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.size() == 1 ? records.get(0).stream().map(String::strip).toList() : List.of();
    } catch (IOException | UncheckedIOException e) {
      // The text is in memory, so only its grammar can fail. The empty answer says that.
      return List.of();
    }
  }

  /** Splits a record whose quotes only enclose whole fields; null if it has other quotes. */
  static @Nullable List<String> plain(String record, char separator) {
    List<String> fields = new ArrayList<>();
    int from = 0;
    while (true) {
      int start = blanks(record, from, separator);
      int end;
      if (start < record.length() && record.charAt(start) == '"') {
        int close = record.indexOf('"', start + 1);
        end = close < 0 ? -1 : blanks(record, close + 1, separator);
        if (end < 0 || end < record.length() && record.charAt(end) != separator) {
          return null;
        }
        fields.add(record.substring(start + 1, close).strip());
      } else {
        end = start;
        while (end < record.length() && record.charAt(end) != separator) {
          if (record.charAt(end) == '"') {
            return null;
          }
          end++;
        }
        fields.add(record.substring(start, end).strip());
      }
      if (end == record.length()) {
        return fields;
      }
      from = end + 1;
    }
  }

  private static int blanks(String text, int from, char separator) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at)) && text.charAt(at) != separator) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private @Nullable String nextLine() throws IOException {
    String text = again.isEmpty() ? readLine() : again.removeFirst();
    line += text == null ? 0 : 1;
    return text;
  }

  /** Reads a line of the text. An overlong line is cut to one character more than is allowed. */
  private @Nullable String readLine() throws IOException {
    StringBuilder read = null;
    while (fill()) {
      int from = next;
      while (next < end && buffer[next] != '\n' && buffer[next] != '\r') {
        next++;
      }
      if (read == null && next < end) {
        skipLineFeed = buffer[next] == '\r';
        return new String(buffer, from, next++ - from);
      }
      read = read == null ? new StringBuilder() : read;
      read.append(buffer, from, Math.min(next - from, MAX_CHARACTERS + 1 - read.length()));
      if (next < end) {
        skipLineFeed = buffer[next] == '\r';
        next++;
        return read.toString();
      }
    }
    return read == null ? null : read.toString();
  }

  /**
   * Returns whether a character of a line can be read. A line feed after a carriage return is not
   * one.
   */
  private boolean fill() throws IOException {
    while (true) {
      if (next == end) {
        end = Math.max(0, text.read(buffer));
        next = 0;
        if (end == 0) {
          return false;
        }
      }
      if (!skipLineFeed || buffer[next] != '\n') {
        skipLineFeed = false;
        return true;
      }
      skipLineFeed = false;
      next++;
    }
  }
}
