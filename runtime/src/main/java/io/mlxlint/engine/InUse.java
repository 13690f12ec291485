package io.mlxlint.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who uses a compiled function, so that what it holds goes only when nobody is in the middle. */
public final class InUse {
  private final Runnable last;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile boolean closed;

  /** In use by its owner. {@code last} runs when everybody has left. */
  public InUse(Runnable last) {
    this.last = last;
  }

  /**
   * To be followed by {@link #leave}.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void enter() {
    if (closed || users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw new IllegalStateException("a compiled function is called after it was closed");
    }
  }

  public void leave() {
    if (users.decrementAndGet() == 0) {
      last.run();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /** Nobody enters any more; the owner has not left yet. Whether this is the first time. */
  public synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
