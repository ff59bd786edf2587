package org.headct.ich.domain.dicom.codec;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A code stream for a decoder of a library, in memory. A decoder that asks for a byte behind the
 * end is refused it with an exception and remembered: one library takes the -1 that is usual there
 * for data, without end, and both would make up pixels for what is missing.
 */
final class CodeStream extends ImageInputStreamImpl {
  /** Whole streams are read at most a few times over; loops that never end are cut off here. */
  private static final long READS_PER_BYTE = 64;

  private static final long READS_ALWAYS = 1 << 16;

  private final Span span;
  private long readsLeft;
  private boolean overrun;

  CodeStream(Span span) {
    this.span = span;
    this.readsLeft = READS_ALWAYS + READS_PER_BYTE * span.length();
  }

  @Override
  public int read() throws EOFException {
    prepare();
    return span.at((int) streamPos++);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws EOFException {
    if (length == 0) {
      return 0;
    }
    prepare();
    int count = (int) Math.min(length, span.length() - streamPos);
    System.arraycopy(span.bytes(), span.offset() + (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return span.length();
  }

  /** Whether a byte behind the end was asked for. */
  boolean overrun() {
    return overrun;
  }

  private void prepare() throws EOFException {
    bitOffset = 0;
    if (--readsLeft < 0) {
      throw new IllegalStateException("the decoder reads without end");
    }
    if (streamPos < 0 || streamPos >= span.length()) {
      overrun = true;
      throw new EOFException("behind the end of the code stream");
    }
  }
}
