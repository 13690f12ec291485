package io.mlxlint.mx;

/** Whether arrays remember where they were made; a look at the stack for each of them. */
final class Debug {
  private static volatile boolean on = Boolean.getBoolean("mlxlint.debug");

  private Debug() {}

  static boolean on() {
    return on;
  }

  static void set(boolean value) {
    on = value;
  }
}
