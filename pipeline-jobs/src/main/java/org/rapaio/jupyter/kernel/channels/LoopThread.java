package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replacement for the kernel's class of this name; it comes first on the notebooks' class path.
 * The kernel's own thread may die at the start, so that the kernel never answers
 * (rapaio-jupyter-kernel 2.3.0 to 3.0.4). It ends at once if it runs before {@code start} has set
 * its flag. It also dies of a message that arrives before the handlers exist. Jupyter sends such a
 * message, and repeats it until it gets an answer.
 */
public final class LoopThread extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  private final AtomicBoolean ended = new AtomicBoolean();
  private final long pauseMillis;
  private final Runnable step;

  /**
   * Creates a thread; {@code start} runs it.
   *
   * @param pauseMillis pause between two steps
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
      // After shutdown the sockets are closed while the thread still uses them.
      if (!ended.get()) {
        LOG.warn("{} lost a message: {}", getName(), e.toString());
      }
    }
  }

  /** Ends the thread after its current step. */
  public void shutdown() {
    ended.set(true);
  }
}
