package org.headct.ich.jobs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Request or response of HTTP/1.1, byte for byte as received (RFC 9112).
 *
 * @param head the start line and headers, with the empty line
 * @param body the body, with chunk sizes if it came in chunks
 */
record HttpMessage(String head, byte[] body) {
  private static final String END = "\r\n\r\n";

  /** Reads the next request, or returns null if the peer has closed the connection. */
  static @Nullable HttpMessage request(InputStream in, OutputStream answers) throws IOException {
    String head = head(in);
    if (head == null) {
      return null;
    }
    if (field(head, "expect").equalsIgnoreCase("100-continue")) {
      answers.write(("HTTP/1.1 100 Continue" + END).getBytes(ISO_8859_1));
      answers.flush();
    }
    return new HttpMessage(head, body(head, in, false));
  }

  /** Reads the response to a request, without interim responses. */
  static HttpMessage response(InputStream in, boolean toHead) throws IOException {
    String head;
    do {
      head = head(in);
      if (head == null) {
        throw new EOFException("the server has closed the connection");
      }
    } while (status(head) < 200);
    boolean empty = toHead || status(head) == 204 || status(head) == 304;
    return new HttpMessage(head, empty ? new byte[0] : body(head, in, true));
  }

  int status() {
    return status(head);
  }

  private static int status(String head) {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  String method() {
    return head.substring(0, head.indexOf(' '));
  }

  /** Returns path and query as they were sent. */
  String target() {
    return head.split(" ", 3)[1];
  }

  /** Returns the value of a header, or an empty string. */
  String field(String name) {
    return field(head, name);
  }

  void writeTo(OutputStream out) throws IOException {
    writeTo(out, body.length);
  }

  /** Writes the head and at most this many bytes of the body. */
  void writeTo(OutputStream out, int bodyBytes) throws IOException {
    out.write(head.getBytes(ISO_8859_1));
    out.write(body, 0, bodyBytes);
    out.flush();
  }

  private static @Nullable String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END, Math.max(0, head.length() - END.length())) < 0) {
      int next = in.read();
      if (next < 0) {
        if (head.isEmpty()) {
          return null;
        }
        throw new EOFException("a message ends in its head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String field(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static byte[] body(String head, InputStream in, boolean untilClosed) throws IOException {
    if (field(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    String length = field(head, "content-length");
    if (length.isEmpty()) {
      return untilClosed ? in.readAllBytes() : new byte[0];
    }
    return exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String line = line(in);
      all.writeBytes(line.getBytes(ISO_8859_1));
      int size = Integer.parseInt(line.split("[;\r]", 2)[0], 16);
      if (size == 0) {
        do {
          line = line(in);
          all.writeBytes(line.getBytes(ISO_8859_1));
        } while (!line.equals("\r\n"));
        return all.toByteArray();
      }
      all.writeBytes(exactly(in, size + 2));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("a message ends in a line");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a message ends in its body");
    }
    return bytes;
  }
}
