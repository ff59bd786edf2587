package org.headct.ich.domain.dicom.codec;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An in-memory code stream for a library's decoder. A read past the end throws an exception and is
 * remembered. The usual -1 would not do: one library takes it for data, without end, and both would
 * make up the missing pixels.
 */
final class CodeStream extends ImageInputStreamImpl {
  /**
   * The limit of reads per byte, to stop endless loops. Decoders read a whole stream at most a few
   * times.
   */
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

  /** Returns whether the decoder asked for a byte past the end. */
  boolean overrun() {
    return overrun;
  }

  private void prepare() throws EOFException {
    bitOffset = 0;
    if (--readsLeft < 0) {
      throw new IllegalStateException("the decoder reads in an endless loop");
    }
    if (streamPos < 0 || streamPos >= span.length()) {
      overrun = true;
      throw new EOFException("read past the end of the code stream");
    }
  }
}
