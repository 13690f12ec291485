package io.mlxlint.engine.java;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread fewer than there are processors, which help with one kernel at a time. They spin a little before
 * they park, since the next kernel usually follows at once.
 */
final class Workers {
  private static final int COUNT = Math.max(0, Math.min(63, Runtime.getRuntime().availableProcessors() - 1));
  private static final int SPINS = 4000;
  private static final ReentrantLock OWNER = new ReentrantLock();
  private static final Thread[] THREADS = new Thread[COUNT];
  private static volatile Job job;

  private Workers() {}

  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  private static final class Job {
    final Range body;
    final int n;
    final int chunk;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger pending;
    volatile Throwable failure;

    Job(Range body, int n, int chunk) {
      this.body = body;
      this.n = n;
      this.chunk = chunk;
      this.pending = new AtomicInteger((n + chunk - 1) / chunk);
    }

    void help() {
      int chunks = (n + chunk - 1) / chunk;
      for (int i; next.get() < chunks && (i = next.getAndIncrement()) < chunks; ) {
        try {
          body.run(i * chunk, Math.min(n, (i + 1) * chunk));
        } catch (Throwable t) {
          failure = t;
        }
        pending.getAndDecrement();
      }
    }
  }

  /**
   * Runs {@code body} over 0 to {@code n} in pieces of at least {@code grain}, on several threads if it is
   * worth it.
   */
  static void run(int n, int grain, Range body) {
    if (n <= 0) {
      return;
    }
    if (COUNT == 0 || n <= grain || OWNER.isHeldByCurrentThread() || !OWNER.tryLock()) {
      body.run(0, n);
      return;
    }
    try {
      // A few pieces per thread even out what the system takes away.
      int pieces = Math.min((n + grain - 1) / grain, 4 * (COUNT + 1));
      int chunk = (n + pieces - 1) / pieces;
      Job mine = new Job(body, n, chunk);
      job = mine;
      wake();
      mine.help();
      for (int spins = 0; mine.pending.get() > 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          // A helper has lost its processor: let it have this one.
          Thread.yield();
        }
      }
      job = null;
      if (mine.failure != null) {
        throw Workers.<RuntimeException>rethrow(mine.failure);
      }
    } finally {
      OWNER.unlock();
    }
  }

  private static void wake() {
    for (int i = 0; i < COUNT; i++) {
      if (THREADS[i] == null) {
        THREADS[i] = new Thread(Workers::work, "mlxlint-worker-" + i);
        THREADS[i].setDaemon(true);
        THREADS[i].start();
      } else {
        LockSupport.unpark(THREADS[i]);
      }
    }
  }

  private static void work() {
    int idle = 0;
    while (true) {
      Job current = job;
      if (current != null && current.next.get() * (long) current.chunk < current.n) {
        current.help();
        idle = 0;
      } else if (++idle < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(Workers.class);
        idle = 0;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T rethrow(Throwable t) throws T {
    throw (T) t;
  }
}
