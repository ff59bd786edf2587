package org.headct.ich.jobs.source;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system as {@code flaky:}. Reads beyond the first bytes of a file fail. */
public final class FlakyFileSystem extends RawLocalFileSystem {
  /** The setting for the number of readable bytes of a file. Reads that end beyond it fail. */
  public static final String GOOD_BYTES = "test.flaky.good-bytes";

  /** The number of reads that fail before the storage recovers. */
  public static final AtomicLong FAULTS = new AtomicLong(Long.MAX_VALUE);

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    FSDataInputStream in = super.open(path, bufferBytes);
    long good = getConf().getLong(GOOD_BYTES, 0);
    return new FSDataInputStream(
        new FSInputStream() {
          @Override
          public int read() throws IOException {
            check(in.getPos() + 1);
            return in.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            check(in.getPos() + length);
            return in.read(bytes, offset, length);
          }

          @Override
          public void seek(long position) throws IOException {
            in.seek(position);
          }

          @Override
          public long getPos() throws IOException {
            return in.getPos();
          }

          @Override
          public boolean seekToNewSource(long target) {
            return false;
          }

          @Override
          public void close() throws IOException {
            in.close();
          }

          private void check(long end) throws IOException {
            if (end > good && FAULTS.getAndDecrement() > 0) {
              throw new IOException("connection reset");
            }
          }
        });
  }
}
