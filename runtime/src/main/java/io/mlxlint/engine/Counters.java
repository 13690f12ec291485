package io.mlxlint.engine;

/**
 * What an engine has done since it started; subtract two readings.
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

  /** What was done since {@code before} was read. */
  public Counters minus(Counters before) {
    return new Counters(evaluations - before.evaluations, synchronizations - before.synchronizations,
        operations - before.operations, kernels - before.kernels, bytesMoved - before.bytesMoved,
        upcasts - before.upcasts, traces - before.traces);
  }
}
