package io.mlxlint.engine;

/** The memory account of an engine, in bytes ({@code mx.get_active_memory} and its relatives). */
public interface Memory {

  /** Held by arrays. */
  long active();

  /** The largest {@link #active} since the last {@link #resetPeak}. */
  long peak();

  /** Free but kept for reuse. */
  long cache();

  /** What the engine may hold before it frees and waits. */
  long limit();

  void resetPeak();

  void clearCache();

  /** Returns the previous limit. */
  long setCacheLimit(long bytes);

  /** Returns the previous limit; near it the engine asks for a garbage collection before it allocates. */
  long setMemoryLimit(long bytes);
}
