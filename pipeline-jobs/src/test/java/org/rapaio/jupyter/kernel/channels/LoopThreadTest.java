package org.rapaio.jupyter.kernel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The kernel's loop survives a message that arrives too early, and ends on shutdown. */
class LoopThreadTest {
  @Test
  void aMessageThatCameTooEarlyDoesNotEndIt() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(3);
    LoopThread loop =
        new LoopThread(
            "loop",
            1,
            () -> {
              steps.countDown();
              throw new IllegalStateException("no handlers yet");
            });

    loop.start();

    assertThat(steps.await(10, TimeUnit.SECONDS)).isTrue();
    loop.shutdown();
    loop.join(10_000);
    assertThat(loop.isAlive()).isFalse();
  }
}
