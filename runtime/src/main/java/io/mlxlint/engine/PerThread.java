package io.mlxlint.engine;

import java.util.function.Supplier;

/**
 * What each thread has of its own, for what is done a million times a second. The first thread that asks, in
 * most programs the only one, finds its own without a look into the {@link ThreadLocal}.
 */
public final class PerThread<T> {
  private record Own<T>(Thread thread, T value) {}

  private final ThreadLocal<T> values;
  // written without a lock: whoever reads it sees a whole record, and takes it only for its own
  private Own<T> first;

  /** {@code initial} makes a thread's when that asks for the first time. */
  public PerThread(Supplier<T> initial) {
    values = ThreadLocal.withInitial(initial);
  }

  /** The calling thread's. */
  public T get() {
    Own<T> own = first;
    return own != null && own.thread == Thread.currentThread() ? own.value : lookedUp(own);
  }

  private T lookedUp(Own<T> other) {
    T value = values.get();
    if (other == null || !other.thread.isAlive()) {
      first = new Own<>(Thread.currentThread(), value);
    }
    return value;
  }
}
