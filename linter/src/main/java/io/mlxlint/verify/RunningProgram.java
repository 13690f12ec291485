package io.mlxlint.verify;

import io.mlxlint.engine.Counters;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One variant of the user's program, on a thread of its own that stops where the measured method is first
 * reached.
 *
 * <p>From then on the thread calls that method with the receiver and arguments the program had there, as
 * often as it is asked to: everything the program set up (models, scopes, streams, open files) is as it would
 * be.
 */
final class RunningProgram {
  private static final long SEED = 1_234;
  private static final long STACK_BYTES = 512L << 20;

  private final ProbedLoader loader;
  private final Method method;
  private final SynchronousQueue<Request> requests = new SynchronousQueue<>();

  /** Calls the method {@code repeats} times. */
  private record Request(int repeats, CompletableFuture<Outcome> outcome) {}

  /** What the calls cost, and the last result as values that no later call changes. */
  record Outcome(Measurement.Run run, Results results) {}

  RunningProgram(ProbedLoader loader, Method method) {
    this.loader = loader;
    this.method = method;
  }

  /**
   * Runs {@code entry} until it reaches the method.
   *
   * @return why it was not reached, or empty
   */
  Optional<String> reach(Entry entry, long millis) throws InterruptedException {
    CompletableFuture<Optional<String>> reached = new CompletableFuture<>();
    Thread.ofPlatform().name("program").daemon().stackSize(STACK_BYTES).start(() -> {
      try {
        Thread.currentThread().setContextClassLoader(loader);
        Random.seed(SEED);
        Probe.listen((receiver, arguments) -> {
          reached.complete(Optional.empty());
          serve(receiver, arguments);
        });
        start(loader, entry);
        reached.complete(Optional.of(entry + " ended without calling it"));
      } catch (InvocationTargetException e) {
        reached.complete(Optional.of(entry + " failed: " + words(e.getCause())));
      } catch (ReflectiveOperationException | RuntimeException | Error e) {
        reached.complete(Optional.of(entry + " cannot be run: " + words(e)));
      }
    });
    try {
      return reached.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of(entry + " did not call it within " + millis / 1000 + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls the program on this thread, a main method as Java itself starts it: static or of a new object. */
  static void start(ClassLoader loader, Entry entry) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(entry.className());
    boolean isMain = entry.method().equals("main");
    Method start = isMain ? main(type) : type.getDeclaredMethod(entry.method());
    start.setAccessible(true);
    Object receiver = Modifier.isStatic(start.getModifiers()) ? null : made(type);
    if (start.getParameterCount() == 0) {
      start.invoke(receiver);
    } else {
      start.invoke(receiver, (Object) entry.arguments().toArray(String[]::new));
    }
  }

  private static Object made(Class<?> type) throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** The main method with arguments before the one without, each of the class itself or inherited. */
  private static Method main(Class<?> type) throws NoSuchMethodException {
    for (Class<?>[] parameters : List.of(new Class<?>[] {String[].class}, new Class<?>[0])) {
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        for (Method m : at.getDeclaredMethods()) {
          if (m.getName().equals("main") && Arrays.equals(m.getParameterTypes(), parameters)
              && !Modifier.isPrivate(m.getModifiers()) && m.getReturnType() == void.class) {
            return m;
          }
        }
      }
    }
    throw new NoSuchMethodException(type.getName() + " has no main method");
  }

  private void serve(Object receiver, Object[] arguments) {
    while (true) {
      try {
        Request request = requests.take();
        try {
          request.outcome.complete(call(receiver, arguments, request.repeats));
        } catch (InvocationTargetException e) {
          request.outcome.completeExceptionally(e.getCause());
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
          request.outcome.completeExceptionally(e);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Outcome call(Object receiver, Object[] arguments, int repeats)
      throws ReflectiveOperationException, InterruptedException {
    Random.seed(SEED);
    settle();
    MX.resetPeakMemory();
    long level = MX.getActiveMemory();
    Counters before = MX.counters();
    long start = System.nanoTime();
    Object result = null;
    long peakOfOne = 0;
    for (int i = 0; i < repeats; i++) {
      result = method.invoke(receiver, arguments);
      Results.evaluate(result);
      if (i == 0) {
        // later calls come on top of what the first has left to the collector
        peakOfOne = MX.getPeakMemory();
      }
    }
    MX.synchronize();
    long nanos = System.nanoTime() - start;
    Counters counters = MX.counters().minus(before);
    long peak = Math.max(0, (repeats == 1 ? MX.getPeakMemory() : peakOfOne) - level);
    Object visible = method.getReturnType() == void.class ? new Object[] {receiver, arguments} : result;
    return new Outcome(new Measurement.Run(nanos / repeats, peak, counters.dividedBy(repeats)),
        Results.of(visible));
  }

  /** Lets the collector release what careless code left open, so that one call does not pay for another. */
  private static void settle() throws InterruptedException {
    MX.synchronize();
    long before;
    int turns = 0;
    do {
      before = MX.getActiveMemory();
      System.gc();
      Thread.sleep(5);
    } while (MX.getActiveMemory() != before && ++turns < 5);
  }

  /**
   * Calls the method on the program's thread and waits for it, until {@code deadline} at most.
   *
   * @throws TimeoutException if the call goes on; the program cannot be called again
   */
  Outcome call(int repeats, long deadline) throws InterruptedException, TimeoutException {
    Request request = new Request(repeats, new CompletableFuture<>());
    requests.put(request);
    try {
      return request.outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new CallFailed(words(e.getCause()), e.getCause());
    }
  }

  /** The method threw where the program itself would have run on. */
  static final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static String words(Throwable t) {
    String message = t.getMessage() == null ? "" : ": " + t.getMessage().lines().findFirst().orElse("");
    return t.getClass().getSimpleName() + message;
  }
}
