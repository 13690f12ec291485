package io.mlxlint.engine.mlx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Whether a thread is in the middle of a call with handles of arrays. A handle that another thread gives up
 * in that time is freed when the call is over: the program is wrong, but it must not crash.
 *
 * <p>A thread first says that it is in the middle and then looks whether an array is still open; one that
 * frees first marks the array as released and then looks who is in the middle. So one of the two sees the
 * other. A fence between the two steps costs as much as a fiftieth of an operation, so a thread that is alone
 * goes without; those that come wait before their first call until its last steps can be seen.
 */
final class HandleUse implements AutoCloseable {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(HandleUse.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A call that a thread was in the middle of. */
  private record Running(HandleUse use, long count) {

    boolean isOver() {
      return use.count != count;
    }
  }

  /** A handle to be freed when these calls are over. */
  private record Freed(long array, List<Running> calls) {}

  private static final HandleUse[] NOBODY = {};
  /** Far longer than a processor keeps what it wrote to itself. */
  private static final long SEEN_NANOS = 1_000_000;
  private static final Queue<Freed> WAITING = new ConcurrentLinkedQueue<>();

  private static volatile HandleUse[] all = NOBODY;
  private static volatile long sharedSince;
  private static volatile boolean isShared;
  private static volatile boolean isSomeoneWaiting;

  private final Thread thread = Thread.currentThread();
  /** Odd in the middle of a call, one more with each beginning and end. */
  private volatile long count;
  private int depth;

  private HandleUse() {}

  /** That of the calling thread, made once. */
  static HandleUse register() {
    HandleUse own = new HandleUse();
    synchronized (HandleUse.class) {
      if (!isShared && all.length > 0) {
        sharedSince = System.nanoTime();
        isShared = true;
      }
      all = Stream.concat(Stream.of(all).filter(use -> use.thread.isAlive()), Stream.of(own))
          .toArray(HandleUse[]::new);
    }
    while (isShared && System.nanoTime() - sharedSince < SEEN_NANOS) {
      LockSupport.parkNanos(SEEN_NANOS);
    }
    return own;
  }

  /** Did one thread alone use arrays so far? */
  static boolean isAlone() {
    return !isShared;
  }

  /** Before the calling thread takes handles from nodes, until {@link #close}. */
  HandleUse begin() {
    if (depth++ == 0) {
      COUNT.setRelease(this, count + 1);
      if (isShared) {
        VarHandle.fullFence();
      }
    }
    return this;
  }

  /** The calling thread has no handle any more that belongs to a node. */
  @Override
  public void close() {
    if (--depth == 0) {
      COUNT.setRelease(this, count + 1);
      if (isSomeoneWaiting) {
        freeWaiting();
      }
    }
  }

  /** Frees a handle whose node was marked as released, now or as soon as nobody can be using it. */
  static void free(long array) {
    HandleUse[] users = isShared ? all : NOBODY;
    for (HandleUse use : users) {
      if ((use.count & 1) != 0 && use.thread != Thread.currentThread()) {
        WAITING.add(later(array, users));
        isSomeoneWaiting = true;
        return;
      }
    }
    Mlxc.mlx_array_free(array);
  }

  private static Freed later(long array, HandleUse[] users) {
    return new Freed(array, Stream.of(users).filter(use -> use.thread != Thread.currentThread())
        .map(use -> new Running(use, use.count)).filter(call -> (call.count & 1) != 0).toList());
  }

  private static synchronized void freeWaiting() {
    isSomeoneWaiting = false;
    for (Iterator<Freed> i = WAITING.iterator(); i.hasNext();) {
      Freed freed = i.next();
      if (freed.calls.stream().allMatch(Running::isOver)) {
        i.remove();
        Mlxc.mlx_array_free(freed.array);
      } else {
        isSomeoneWaiting = true;
      }
    }
  }
}
