package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Caller;
import io.mlxlint.engine.Node;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What has arrays computed, one thread at a time, and says what was wrong with them. */
final class MlxEvaluation {
  // MLX's streams may be used by any thread, but not by two at once. Reentrant: MLX may call back into Java.
  private static final ReentrantLock EVALUATING = new ReentrantLock();
  private static final String WHILE_TRACING = "[eval] Attempting to eval an array during function";

  private final MlxStreams streams;
  private final MlxMemory memory;
  private final LongAdder evaluations = new LongAdder();
  private final LongAdder synchronizations = new LongAdder();
  private volatile long activeAtCollection;

  MlxEvaluation(MlxStreams streams, MlxMemory memory) {
    this.streams = streams;
    this.memory = memory;
  }

  /** How often something was to be computed. */
  long evaluations() {
    return evaluations.sum();
  }

  /** How often a thread waited for values. */
  long synchronizations() {
    return synchronizations.sum();
  }

  /** Computes the arrays and waits for them. */
  void eval(Node... roots) {
    count(roots);
    synchronizations.increment();
    submit(roots, Mlxc::mlx_eval);
    for (Node root : roots) {
      raise(MlxEngine.own(root));
    }
  }

  /** An array may have been computed without its flag, for another that it is an operand of. */
  private void raise(MlxNode node) {
    if (!node.hasFault()) {
      return;
    }
    streams.attachThread();
    EVALUATING.lock();
    try {
      node.raise();
    } finally {
      EVALUATING.unlock();
    }
  }

  /** Has the arrays computed and does not wait. */
  void asyncEval(Node... roots) {
    count(roots);
    submit(roots, Mlxc::mlx_async_eval);
  }

  private void count(Node[] roots) {
    for (Node root : roots) {
      if (!MlxEngine.own(root).isAvailable()) {
        evaluations.increment();
        return;
      }
    }
  }

  private interface Submission {
    void of(long vector);
  }

  private void submit(Node[] roots, Submission submission) {
    streams.attachThread();
    collectNearLimit();
    EVALUATING.lock();
    try (Vector vector = withFlags(roots)) {
      submission.of(vector.handle());
    } catch (MlxException e) {
      throw e.getMessage().startsWith(WHILE_TRACING) ? traced(e) : e;
    } finally {
      EVALUATING.unlock();
    }
  }

  private static Vector withFlags(Node[] roots) {
    Scratch scratch = Scratch.current();
    try (HandleUse _ = scratch.useHandles()) {
      long[] arrays = MlxTransforms.arrays(roots);
      return Vector.of(scratch, !MlxEngine.hasFaults(roots) ? arrays
          : LongStream.concat(LongStream.of(arrays), flags(roots)).toArray());
    }
  }

  private static LongStream flags(Node[] roots) {
    return Stream.of(roots).map(root -> MlxEngine.own(root).fault()).filter(Objects::nonNull).distinct()
        .mapToLong(Fault::flag);
  }

  private static IllegalStateException traced(MlxException e) {
    return new IllegalStateException("an array has no values while a function is traced; " + Caller.line()
        + " needs them: evaluate outside of the compiled or mapped function", e);
  }

  /**
   * Arrays that nobody closed hold memory until they are collected, and the heap does not know their size.
   */
  private void collectNearLimit() {
    long limit = memory.limit();
    long active = memory.active();
    if (active < limit / 4 * 3) {
      activeAtCollection = 0;
    } else if (active > activeAtCollection + limit / 16) {
      activeAtCollection = active;
      System.gc();
    }
  }

  /** The row-major elements of an array, which is computed where nobody has asked for it yet. */
  MemorySegment read(Node node) {
    MlxNode own = MlxEngine.own(node);
    if (own.isAvailable()) {
      synchronizations.increment();
      raise(own);
    } else {
      eval(node);
    }
    EVALUATING.lock();
    try {
      return own.elements(streams.defaultHandle());
    } finally {
      EVALUATING.unlock();
    }
  }
}
