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
 * The batches of a task in order. A separate thread reads them ahead while the task computes. If
 * both share a core, the gain is that the task computes while storage responds.
 *
 * <p>At most {@code prefetch} batches are waiting. The thread ends with {@link #close}. {@link
 * #next} throws the thread's failure in place of the batch. DL4J's {@code
 * AsyncMultiDataSetIterator} has none of these properties: it reads at least two batches ahead and
 * holds one more, and if its thread fails while the task waits, the task waits forever.
 */
public final class BatchReader implements AutoCloseable {
  /** A reader of one batch. */
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
   * @param requests the batches in order
   * @param prefetch number of batches to read ahead; 0 reads each batch on request, without a
   *     thread
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
   * Returns the next batch. Free it with {@link #free}.
   *
   * @throws IOException if the batch cannot be read; the message has file, row group and cause
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

  /** Returns the time in nanoseconds that the task has spent in {@link #next}. */
  public long waitingNanos() {
    return waitingNanos;
  }

  /** Frees the native memory of a batch; the garbage collector does not know that it is scarce. */
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

  /** Stops the thread and waits until it has ended. */
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
        // Spark is ending the task, but the task must outlive its thread.
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
      // The task throws it, unless it has closed this reader in the meantime.
      read.add(new Read(null, e));
    }
  }
}
