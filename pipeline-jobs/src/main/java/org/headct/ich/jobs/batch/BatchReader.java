package org.headct.ich.jobs.batch;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The batches of a task in their order, read ahead by a thread of its own while the task computes.
 * Where both share a core, what overlaps is the waiting for storage.
 *
 * <p>At most {@code prefetch} batches are read and not yet taken; the thread ends with {@link
 * #close}; what it fails with is thrown where the batch would have come. DL4J's {@code
 * AsyncMultiDataSetIterator} does none of the three: it reads two ahead at least and one more in
 * its hand, and when its thread fails while the task waits, the task waits for ever.
 */
public final class BatchReader implements AutoCloseable {
  /** Reads one batch. */
  public interface Source {
    MultiDataSet load(BatchRequest request) throws IOException;
  }

  private record Read(@Nullable MultiDataSet batch, @Nullable Throwable failure) {}

  private final Source source;
  private final List<BatchRequest> requests;
  private final BlockingQueue<Read> read = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final @Nullable Thread thread;
  private int taken;
  private long waitingNanos;

  /**
   * Starts to read.
   *
   * @param prefetch batches; 0 reads each when it is asked for, without a thread
   */
  public BatchReader(Source source, List<BatchRequest> requests, int prefetch) {
    this.source = source;
    this.requests = List.copyOf(requests);
    this.room = new Semaphore(prefetch);
    if (prefetch == 0) {
      thread = null;
    } else {
      thread = new Thread(this::readAll, Thread.currentThread().getName() + " reads tensors");
      thread.setDaemon(true);
      thread.start();
    }
  }

  boolean hasNext() {
    return taken < requests.size();
  }

  /**
   * The next batch, to be freed by {@link #free}.
   *
   * @throws IOException with file, row group and cause
   */
  public MultiDataSet next() throws IOException, InterruptedException {
    if (!hasNext()) {
      throw new NoSuchElementException("all %d batches are taken".formatted(taken));
    }
    long start = System.nanoTime();
    try {
      return thread == null ? source.load(requests.get(taken)) : batch(read.take());
    } finally {
      waitingNanos += System.nanoTime() - start;
      taken++;
    }
  }

  /** Time that the task has spent in {@link #next}. */
  public long waitingNanos() {
    return waitingNanos;
  }

  /** Frees the native memory of a batch, which the collector would not know to be scarce. */
  public static void free(MultiDataSet batch) {
    close(batch.getFeatures());
    close(batch.getLabels());
    if (batch.getFeaturesMaskArrays() != null) {
      close(batch.getFeaturesMaskArrays());
    }
  }

  private static void close(@Nullable INDArray[] arrays) {
    for (INDArray array : arrays) {
      if (array != null) {
        array.close();
      }
    }
  }

  /** Ends the thread and waits until it has ended. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // Spark is ending the task, which must not end before its thread.
        interrupted = true;
      }
    }
    for (Read left = read.poll(); left != null; left = read.poll()) {
      if (left.batch() != null) {
        free(left.batch());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private MultiDataSet batch(Read next) throws IOException {
    room.release();
    if (next.failure() instanceof Error error) {
      throw error;
    }
    if (next.batch() == null) {
      Throwable cause = next.failure();
      throw new IOException(cause == null ? "no batch" : cause.getMessage(), cause);
    }
    return next.batch();
  }

  private void readAll() {
    try {
      for (BatchRequest request : requests) {
        room.acquire();
        read.add(new Read(source.load(request), null));
      }
    } catch (Throwable e) {
      // The task throws it; one that has closed this reader meanwhile has no use for it.
      read.add(new Read(null, e));
    }
  }
}
