package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system as {@code gated:}; a test decides when files open. */
public final class GatedFileSystem extends RawLocalFileSystem {
  /** The files that were requested, in order. */
  static final BlockingQueue<Path> ASKED = new LinkedBlockingQueue<>();

  /** The number of files that may still be opened, as permits. */
  static final Semaphore GATE = new Semaphore(0);

  static void reset(int open) {
    ASKED.clear();
    GATE.drainPermits();
    GATE.release(open);
  }

  @Override
  public URI getUri() {
    return URI.create("gated:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    ASKED.add(path);
    try {
      GATE.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at the gate", e);
    }
    return super.open(path, bufferBytes);
  }
}
