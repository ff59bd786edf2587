package org.headct.ich.domain.label.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.headct.ich.domain.dicom.Pseudonyms;
import org.headct.ich.domain.label.Annotation;
import org.headct.ich.domain.label.LabelHeader;
import org.headct.ich.domain.label.LabelIds;
import org.headct.ich.domain.label.LabelLine;
import org.headct.ich.domain.label.RowRules;
import org.headct.ich.domain.label.Subtype;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one part of a file in the long form: of the lines that begin in its bytes.
 *
 * <p>A line as the competition wrote it ({@code ID_<6 to 14 hex digits>_<subtype>,<0|1|nothing>})
 * is read from its bytes without an object. Every other line goes through {@link LabelLine} and
 * {@link RowRules}. A line of the first kind must mean there what it means here; {@code
 * LabelRulesPropertyTest} checks that.
 *
 * <p>The rest of a line longer than {@value #MAX_LINE} bytes is skipped.
 */
public final class LongFormReader {
  /** The longest line that can be a row, in bytes. */
  public static final int MAX_LINE = RowRules.MAX_LENGTH;

  /** The maximum length of a line that is read from its bytes. */
  private static final int SHORT_LINE = 64;

  private static final int BUFFER = 1 << 18;
  private static final byte[][] TAILS =
      Subtype.ALL.stream()
          .map(subtype -> (subtype.column() + ",").getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private final InputStream in;
  private final LabelHeader.LongForm header;
  private final LabelIds ids;
  private final boolean plain;
  private final LabelBlocks out;
  private final byte[] buffer = new byte[BUFFER + MAX_LINE];
  private int at;
  private int end;
  private boolean ended;

  /** True if the last line was too long and is cut. */
  private boolean cut;

  /** The number of bytes from the first byte of the part to {@code buffer[0]}. */
  private long passed;

  private final long length;
  private long line;

  /**
   * @param in the stream at the start of the part, or one byte before it if {@code start} is not 0
   * @param header a header of two columns
   * @param start the offset of the part in its file; 0 for the first, which begins with the header
   * @param length the length in bytes; lines that begin in it belong to the part
   */
  public LongFormReader(
      InputStream in,
      LabelHeader.LongForm header,
      LabelIds ids,
      long start,
      long length,
      LabelBlocks out)
      throws IOException {
    this.in = in;
    this.header = header;
    this.ids = ids;
    this.plain = header.equals(LabelHeader.LongForm.ID_FIRST);
    this.out = out;
    this.length = length;
    if (start > 0) {
      passed = -1;
      // A line that begins before the part belongs to the part before, even if it ends in this one.
      nextLine();
    } else if (nextLine() != null) {
      line = 1;
    }
  }

  /**
   * Reads on until blocks are full or the part ends.
   *
   * @return true if there is more to read; if not, {@link #lines} is the number of lines
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

  /** Returns the number of lines that were read, with the header. */
  public long lines() {
    return line;
  }

  /**
   * Reads the line at {@code from} and returns the start of the next; −1 if it is not written in
   * the plainest form.
   */
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
    // An id with fewer digits is no pseudonym of RSNA and gets one on the long way.
    int subtype = digits < Pseudonyms.MIN_DIGITS || b[p] != '_' ? -1 : subtypeOf(b, p + 1);
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

  /** Returns the class whose name and a comma stand at {@code p}, or −1. */
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

  /** Reads the next line by its text. */
  private void longLine() throws IOException {
    String text = nextLine();
    if (text == null || !RowRules.isRow(text)) {
      return;
    }
    if (cut) {
      out.reject(RowRules.malformed(text, ids), line, 1);
      return;
    }
    LabelLine parsed = LabelLine.parse(text, header, ids);
    if (parsed instanceof LabelLine.Accepted row) {
      out.row(row, line);
    } else if (parsed instanceof LabelLine.Rejected rejected) {
      out.reject(rejected, line, 1);
    }
  }

  /**
   * Returns the next line without its line feed, or its first bytes if it is too long; null at the
   * end.
   */
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

  /** Moves the unread bytes to the front of the buffer and reads more behind them. */
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
