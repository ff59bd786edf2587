package org.headct.ich.domain.label;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a label file, open at the line after its header.
 *
 * <p>The text is UTF-8, or UTF-16 as a byte order mark or the first two characters show. Lines end
 * with LF, CRLF or CR. Before the header there may be blank lines, comments ({@link
 * RowRules#isRow}) and one line {@code sep=;}, as Excel writes it, which names the separator of the
 * columns: a comma, a semicolon, a tab or a vertical bar. Without it the separator is a comma.
 */
public final class LabelText implements Closeable {
  /** The maximum length of a header in characters. The rest of a longer one is the next line. */
  private static final int MAX_HEADER = 1 << 16;

  /** The maximum number of lines before the header. */
  private static final int MAX_LINES_BEFORE = 10_000;

  private static final int BUFFER = 1 << 16;

  private static final Pattern SEPARATOR =
      Pattern.compile("\"?sep=(.|\\\\t)\"?\\s*", Pattern.CASE_INSENSITIVE);

  private static final String SEPARATORS = ",;\t|";

  private final BufferedReader text;
  private long lines;
  private boolean loneReturns;
  private final Top top;

  /**
   * The top of a label file.
   *
   * @param header the line that names the columns, without its line end; "" if there is none
   * @param line the number of that line, from 1
   * @param separator the character between two columns
   * @param layout whether the lines can be found without decoding the text
   */
  public record Top(String header, long line, char separator, Layout layout)
      implements Serializable {
    /** Returns the top of a file whose first line is its header. */
    static Top of(String header) {
      return new Top(header, 1, ',', Layout.PLAIN);
    }
  }

  /** The layout of a text. */
  public enum Layout {
    /** UTF-8, the header in line 1, a comma between columns, lines that end with LF or CRLF. */
    PLAIN,
    /** Everything else. */
    OTHER
  }

  /** Opens a text that was decoded. */
  LabelText(Reader decoded, Charset charset) throws IOException {
    this.text = new BufferedReader(decoded, BUFFER);
    char separator = ',';
    String line = nextRow();
    if (line != null) {
      Matcher named = SEPARATOR.matcher(line);
      if (named.matches()) {
        String found = named.group(1).replace("\\t", "\t");
        if (SEPARATORS.contains(found)) {
          separator = found.charAt(0);
          line = nextRow();
        }
      }
    }
    boolean plain =
        charset.equals(StandardCharsets.UTF_8) && separator == ',' && lines == 1 && !loneReturns;
    this.top =
        new Top(
            line == null ? "" : line,
            Math.max(1, lines),
            separator,
            plain ? Layout.PLAIN : Layout.OTHER);
  }

  /**
   * Opens a text and reads to the end of its header.
   *
   * @param in the bytes; closed with this text
   */
  public static LabelText open(InputStream in) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
    Charset charset = charset(bytes);
    return new LabelText(new InputStreamReader(bytes, charset), charset);
  }

  /** Guesses the encoding by the first four bytes, of which none is used up. */
  private static Charset charset(BufferedInputStream bytes) throws IOException {
    bytes.mark(4);
    byte[] b = bytes.readNBytes(4);
    bytes.reset();
    if (b.length < 4) {
      return StandardCharsets.UTF_8;
    }
    boolean mark = b[0] == (byte) 0xFF && b[1] == (byte) 0xFE;
    boolean swappedMark = b[0] == (byte) 0xFE && b[1] == (byte) 0xFF;
    if (mark || b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (swappedMark || b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  /** Returns the top of the file. */
  public Top top() {
    return top;
  }

  /** Returns the text after the header. */
  Reader rows() {
    return text;
  }

  /** Returns whether a row follows. Reads on to it, so the rows cannot be read any more. */
  public boolean hasRow() throws IOException {
    return nextRow() != null;
  }

  /** Reads the next line that is no comment and not blank; null at the end. */
  private @Nullable String nextRow() throws IOException {
    long before = lines;
    String line = nextLine();
    while (line != null && !RowRules.isRow(line) && lines - before < MAX_LINES_BEFORE) {
      line = nextLine();
    }
    return line;
  }

  private @Nullable String nextLine() throws IOException {
    int c = text.read();
    if (c < 0) {
      return null;
    }
    lines++;
    StringBuilder line = new StringBuilder();
    while (c >= 0 && c != '\n' && c != '\r' && line.length() < MAX_HEADER) {
      if (c != LabelLineParser.BYTE_ORDER_MARK || lines > 1) {
        line.append((char) c);
      }
      c = text.read();
    }
    loneReturns = false;
    if (c == '\r') {
      text.mark(1);
      loneReturns = text.read() != '\n';
      if (loneReturns) {
        text.reset();
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
