package io.mlxlint.engine;

/** Whether arrays remember where they were made; a walk over the stack for each of them. */
public final class Debug {
  private static volatile boolean on = Boolean.getBoolean("mlxlint.debug");

  private Debug() {}

  public static boolean on() {
    return on;
  }

  public static void set(boolean value) {
    on = value;
  }

  /** The program's line that is making an array, or {@code null} while nobody wants to know. */
  public static String origin() {
    return on ? Caller.line() : null;
  }
}
