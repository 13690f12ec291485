package io.mlxlint.graph;

import java.util.ArrayDeque;

/**
 * The work of one stream, done one task at a time in the order it came. A thread that waits for the result
 * anyway may do the work itself when the stream is idle, which saves the hand-over.
 */
final class StreamQueue {
  private final int index;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean busy;
  private Thread worker;

  StreamQueue(int index) {
    this.index = index;
  }

  /**
   * Takes the stream for the calling thread if nothing is running or waiting; then {@link #leave} must
   * follow.
   */
  synchronized boolean enter() {
    if (busy || !tasks.isEmpty()) {
      return false;
    }
    busy = true;
    return true;
  }

  synchronized void leave() {
    busy = false;
    notifyAll();
  }

  synchronized void submit(Runnable task) {
    tasks.add(task);
    if (worker == null) {
      worker = new Thread(this::work, "mlxlint-stream-" + index);
      worker.setDaemon(true);
      worker.start();
    }
    notifyAll();
  }

  synchronized void awaitIdle() {
    boolean interrupted = false;
    while (busy || !tasks.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (true) {
      Runnable task;
      synchronized (this) {
        while (busy || tasks.isEmpty()) {
          try {
            wait();
          } catch (InterruptedException e) {
            // Nobody but this class knows the thread, so there is nobody to obey.
          }
        }
        busy = true;
        task = tasks.poll();
      }
      try {
        task.run();
      } finally {
        leave();
      }
    }
  }
}
