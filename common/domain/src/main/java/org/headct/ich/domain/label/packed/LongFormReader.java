package org.headct.ich.domain.label.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelLine;
import org.headct.ich.domain.label.LabelLineParser;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a file in the long form: the lines that begin in its bytes. A line as the
 * competition wrote it ({@code ID_<1 to 14 hex digits>_<subtype>,<0|1|nothing>}) is read from the
 * bytes without an object; every other goes through {@link LabelLine}, and means the same.
 *
 * <p>Lines of white space are no rows, but count as lines. A line longer than {@value #MAX_LINE}
 * bytes is a malformed row, whose rest is passed over.
 */
public final class LongFormReader {
  /** The longest line that is looked at, in bytes. */
  public static final int MAX_LINE = 1 << 16;

  /** No line that is read from its bytes is longer. */
  private static final int SHORT_LINE = 64;

  private static final int BUFFER = 1 << 18;
  private static final byte[][] TAILS =
      Subtype.ALL.stream()
          .map(subtype -> (subtype.column() + ",").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private final InputStream in;
  private final LabelHeader.LongForm header;
  private final boolean plain;
  private final LabelBlocks out;
  private final byte[] buffer = new byte[BUFFER + MAX_LINE];
  private int at;
  private int end;
  private boolean ended;

  /** Whether the last line was too long to be kept whole. */
  private boolean cut;

  /** Bytes from the first byte of the part to {@code buffer[0]}. */
  private long passed;

  private final long length;
  private long line;

  /**
   * @param in stands at the start of the part, or one byte before it if {@code start} is not 0
   * @param start of the part in its file; 0 for the first one, which begins with the header
   * @param length lines that begin before this many bytes of the part belong to it
   */
  public LongFormReader(
      InputStream in, LabelHeader.LongForm header, long start, long length, LabelBlocks out)
      throws IOException {
    this.in = in;
    this.header = header;
    this.plain = header == LabelHeader.LongForm.ID_FIRST;
    this.out = out;
    this.length = length;
    if (start > 0) {
      passed = -1;
      // A line that began before the part is the other part's, even if only its end lies there.
      nextLine();
    } else if (nextLine() != null) {
      line = 1;
    }
  }

  /**
   * Reads on until blocks are full or the part ends.
   *
   * @return whether there is more to read; if not, {@link #lines} is the number of lines
   */
  public boolean advance() throws IOException {
    while (!out.hasFull()) {
      if (end - at < SHORT_LINE && !ended) {
        fill();
      }
      if (at == end || passed + at >= length) {
        return false;
      }
      int next = plain && end - at >= SHORT_LINE ? shortLine(at) : -1;
      if (next >= 0) {
        at = next;
      } else {
        longLine();
      }
      line++;
    }
    return true;
  }

  /** How many lines were read, the header among them. */
  public long lines() {
    return line;
  }

  /** Takes the line at {@code from}, or returns −1 where it is not written in the plainest way. */
  private int shortLine(int from) {
    byte[] b = buffer;
    if (b[from] != 'I' || b[from + 1] != 'D' || b[from + 2] != '_') {
      return -1;
    }
    int p = from + 3;
    int last = p + ImageIds.MAX_DIGITS;
    long value = 0;
    int digit = ImageIds.digit(b[p]);
    while (digit >= 0 && p < last) {
      value = value << 4 | digit;
      digit = ImageIds.digit(b[++p]);
    }
    int digits = p - from - 3;
    int subtype = digits == 0 || b[p] != '_' ? -1 : subtypeOf(b, p + 1);
    if (subtype < 0) {
      return -1;
    }
    p += 1 + TAILS[subtype].length;
    int annotation = Annotation.BLANK.ordinal();
    if (b[p] == '0' || b[p] == '1') {
      annotation = b[p] - '0';
      p++;
    }
    if (b[p] == '\r') {
      p++;
    }
    if (b[p] != '\n') {
      return -1;
    }
    out.row(ImageIds.number(digits, value), subtype, annotation, line);
    return p + 1;
  }

  /** The class whose name and a comma stand at {@code p}, or −1. */
  private static int subtypeOf(byte[] b, int p) {
    int guess =
        switch (b[p]) {
          case 'e' -> 0;
          case 'i' -> b[p + 5] == 'p' ? 1 : 2;
          case 's' -> b[p + 3] == 'a' ? 3 : 4;
          default -> 5;
        };
    byte[] tail = TAILS[guess];
    return Arrays.equals(b, p, p + tail.length, tail, 0, tail.length) ? guess : -1;
  }

  /** Takes the next line by its text. */
  private void longLine() throws IOException {
    String text = nextLine();
    if (text == null || text.isBlank()) {
      return;
    }
    if (cut) {
      out.reject(LabelLineParser.malformed(text), line, 1);
      return;
    }
    LabelLine parsed = LabelLine.parse(text, header);
    if (parsed instanceof LabelLine.Accepted row) {
      out.row(row.imageId(), row.subtype().ordinal(), row.annotation().ordinal(), line);
    } else if (parsed instanceof LabelLine.Rejected rejected) {
      out.reject(rejected, line, 1);
    }
  }

  /** The next line without its line feed, or its first bytes if it is too long; null at the end. */
  private @Nullable String nextLine() throws IOException {
    int length = 0;
    while (true) {
      for (; at + length < end; length++) {
        if (buffer[at + length] == '\n') {
          return lineOf(length, length + 1);
        }
      }
      if (ended) {
        return length == 0 ? null : lineOf(length, length);
      }
      if (length >= MAX_LINE) {
        return tooLong();
      }
      fill();
    }
  }

  private String lineOf(int length, int lengthWithFeed) {
    cut = false;
    String text = new String(buffer, at, length, StandardCharsets.UTF_8);
    at += lengthWithFeed;
    return text;
  }

  private String tooLong() throws IOException {
    String start = new String(buffer, at, SHORT_LINE, StandardCharsets.UTF_8);
    while (at < end || !ended) {
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      if (at < end) {
        at++;
        break;
      }
      fill();
    }
    cut = true;
    return start;
  }

  /** Moves what is left to the front of the buffer and reads more behind it. */
  private void fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    passed += at;
    end -= at;
    at = 0;
    while (end < buffer.length && !ended) {
      int read = in.read(buffer, end, buffer.length - end);
      ended = read < 0;
      end += Math.max(read, 0);
    }
  }
}
