package io.mlxlint.verify;

/** What an instrumented method calls first. Public because the user's classes call it. */
public final class Probe {

  /** Takes over when a program reaches the method that is measured. */
  interface Listener {
    void reached(Object receiver, Object[] arguments);
  }

  private static final ThreadLocal<Listener> LISTENER = new ThreadLocal<>();

  private Probe() {}

  /** The listener of the program that runs on this thread. */
  static void listen(Listener listener) {
    LISTENER.set(listener);
  }

  /** Called at the start of the measured method; {@code receiver} is null in a static method. */
  public static void reached(Object receiver, Object[] arguments) {
    Listener listener = LISTENER.get();
    if (listener != null) {
      // Later calls, those of the measurement included, pass through.
      LISTENER.remove();
      listener.reached(receiver, arguments);
    }
  }
}
