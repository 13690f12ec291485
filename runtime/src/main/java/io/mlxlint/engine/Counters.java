package io.mlxlint.engine;

/**
 * What an engine has done since it started; subtract two readings. A count that an engine does not know is
 * {@link #UNKNOWN}, and so is the difference of two of them.
 *
 * @param evaluations calls of eval or asyncEval that had something to compute
 * @param synchronizations waits of the host for the device, reads included
 * @param operations operations put into the graph
 * @param kernels operations computed
 * @param bytesMoved bytes that the kernels read and wrote
 * @param upcasts casts of a half-precision array to a wider dtype that promotion put in
 * @param traces times a compiled function's body ran
 */
public record Counters(long evaluations, long synchronizations, long operations, long kernels,
    long bytesMoved, long upcasts, long traces) {

  /** A count that the engine does not tell. */
  public static final long UNKNOWN = -1;

  /** What was done since {@code before} was read. */
  public Counters minus(Counters before) {
    return new Counters(evaluations - before.evaluations, synchronizations - before.synchronizations,
        operations - before.operations, known(kernels, kernels - before.kernels),
        known(bytesMoved, bytesMoved - before.bytesMoved), upcasts - before.upcasts, traces - before.traces);
  }

  /** What each of {@code n} equal repetitions did. */
  public Counters dividedBy(int n) {
    return new Counters(evaluations / n, synchronizations / n, operations / n, known(kernels, kernels / n),
        known(bytesMoved, bytesMoved / n), upcasts / n, traces / n);
  }

  private static long known(long count, long derived) {
    return count == UNKNOWN ? UNKNOWN : derived;
  }
}
