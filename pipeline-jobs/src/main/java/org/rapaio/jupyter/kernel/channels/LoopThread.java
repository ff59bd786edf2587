package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the kernel's class of this name on the notebooks' class path, whose thread may be
 * dead from the start, so that the kernel never answers (rapaio-jupyter-kernel 2.3.0 to 3.0.4): it
 * ends at once if it runs before {@code start} has said that it may, and it dies of a message that
 * comes before there are handlers. Jupyter sends such a message, and sends it again until it is
 * answered.
 */
public final class LoopThread extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  private final AtomicBoolean ended = new AtomicBoolean();
  private final long pauseMillis;
  private final Runnable step;

  /**
   * @param pauseMillis between two steps
   */
  public LoopThread(String name, long pauseMillis, Runnable step) {
    super(name);
    this.pauseMillis = pauseMillis;
    this.step = step;
  }

  @Override
  public void run() {
    try {
      while (!ended.get()) {
        stepOnce();
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      ended.set(true);
    }
  }

  private void stepOnce() {
    try {
      step.run();
    } catch (RuntimeException e) {
      // After its end sockets are closed under it.
      if (!ended.get()) {
        LOG.warn("{} lost a message: {}", getName(), e.toString());
      }
    }
  }

  /** Ends it after the step that it is at. */
  public void shutdown() {
    ended.set(true);
  }
}
