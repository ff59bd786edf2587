package org.headct.ich.domain.label;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.headct.ich.domain.dicom.Pseudonyms;

/** Texts of label files in memory, and ids for them. */
public final class LabelTexts {
  private LabelTexts() {}

  /** Returns ids that stay as they are written. */
  public static LabelIds plainIds() {
    return new LabelIds(id -> id);
  }

  /** Returns ids as the job makes them. */
  public static LabelIds hashedIds() {
    return new LabelIds(new Pseudonyms("secret")::of);
  }

  /** Opens a file. */
  static LabelText open(String file) throws IOException {
    return new LabelText(new StringReader(file), StandardCharsets.UTF_8);
  }

  /** Opens a file of a header and rows. */
  static LabelText open(String header, Reader rows) throws IOException {
    return new LabelText(new Joined(header + "\n", rows), StandardCharsets.UTF_8);
  }

  /** A text and what follows it. */
  private static final class Joined extends Reader {
    private final Reader start;
    private final Reader rest;

    Joined(String start, Reader rest) {
      this.start = new StringReader(start);
      this.rest = rest;
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
      int read = start.read(target, from, length);
      return read < 0 ? rest.read(target, from, length) : read;
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }
}
