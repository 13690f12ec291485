package io.mlxlint.op;

/** What a call does besides extending the graph. */
public enum Effect {
  /** Extends the graph only. */
  LAZY,
  /** Computes its arguments and waits ({@code eval}). */
  FORCES,
  /**
   * Computes the receiver, waits and copies to the host ({@code item}, {@code toFloatArray},
   * {@code toString}).
   */
  READS_HOST,
  /** Starts computing and returns at once ({@code asyncEval}). */
  SUBMITS,
  /** Takes a function over arrays ({@code compile}, {@code grad}, {@code tidy}). */
  TRANSFORMS,
  /** Gives up a handle ({@code close}). */
  RELEASES
}
