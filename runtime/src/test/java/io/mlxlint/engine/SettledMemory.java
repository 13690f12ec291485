package io.mlxlint.engine;

import java.util.concurrent.TimeUnit;

/** Memory in use after releases: a GPU gives it back when it gets to it. */
public final class SettledMemory {

  private SettledMemory() {}

  /** The bytes in use as soon as they are at most {@code expected}, or what they are after five seconds. */
  public static long of(Engine engine, long expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    long active = engine.memory().active();
    while (active > expected && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      active = engine.memory().active();
    }
    return active;
  }
}
