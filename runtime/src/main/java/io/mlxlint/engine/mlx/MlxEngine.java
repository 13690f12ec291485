package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Caller;
import io.mlxlint.engine.Counters;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Memory;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Streams;
import io.mlxlint.engine.Transforms;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Op;
import io.mlxlint.op.Spec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/**
 * The official MLX: Metal on a Mac, CUDA or the CPU on Linux. What its functions refuse is an {@link
 * MlxException}.
 *
 * <p>Counted as for every engine, except that MLX does not say how many kernels it ran or bytes it moved
 * ({@link Counters#UNKNOWN}). An index out of range and an integer divided by zero are exceptions as on
 * engine {@code java}: at the operation where the values are there already, otherwise at the evaluation.
 */
public final class MlxEngine implements Engine {
  // MLX's streams may be used by any thread, but not by two at once. Reentrant: MLX may call back into Java.
  private static final ReentrantLock EVALUATING = new ReentrantLock();

  private static final String WHILE_TRACING = "[eval] Attempting to eval an array during function";

  private final MlxStreams streams;
  private final MlxMemory memory = new MlxMemory();
  private final MlxTransforms transforms;
  private final LongAdder evaluations = new LongAdder();
  private final LongAdder synchronizations = new LongAdder();
  private final LongAdder operations = new LongAdder();
  private final LongAdder upcasts = new LongAdder();
  private volatile long activeAtCollection;

  /** @throws MlxUnavailableException if the library is missing or unusable; the message says what to run */
  public MlxEngine() {
    if (Start.FAILURE != null) {
      throw Start.FAILURE.again();
    }
    streams = new MlxStreams();
    transforms = new MlxTransforms(streams);
  }

  /** Which MLX it is, such as {@code 0.32.2}. */
  public String version() {
    return Start.version();
  }

  /** Where the native library was found. */
  public String location() {
    return Library.location();
  }

  @Override
  public String name() {
    return "mlx";
  }

  static MlxNode own(Node node) {
    if (node instanceof MlxNode own) {
      return own;
    }
    throw new IllegalArgumentException("an array of another engine was given to engine mlx");
  }

  @Override
  public Node constant(Spec spec, MemorySegment data) {
    int[] dims = spec.shape().toArray();
    int dtype = MlxDType.code(spec.dtype());
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = data.isNative() ? data
          : arena.allocate(Math.max(1, data.byteSize()), 8).copyFrom(data);
      return new MlxNode(Mlxc.mlx_array_new_data(source, scratch.ints(dims), dims.length, dtype), spec);
    } finally {
      scratch.reset(mark);
    }
  }

  @Override
  public Node apply(Op op, Node[] operands, Spec result, int stream) {
    long on = streams.handle(stream);
    boolean halves = false;
    boolean faulty = false;
    for (Node node : operands) {
      MlxNode operand = own(node);
      halves |= operand.spec().dtype().isHalf();
      faulty |= operand.hasFault();
    }
    operations.increment();
    if (halves) {
      countUpcasts(op, operands, result);
    }
    if (!faulty) {
      return Operations.apply(op, operands, result, null, on);
    }
    Fault fault = faults(operands, on);
    try {
      return Operations.apply(op, operands, result, fault, on);
    } finally {
      Fault.release(fault);
    }
  }

  /** What the nodes may turn out to be wrong about, as one; the caller releases it. */
  static Fault faults(Node[] nodes, long stream) {
    try (HandleUse _ = Scratch.current().useHandles()) {
      Fault all = null;
      for (Node node : nodes) {
        Fault fault = own(node).fault();
        if (fault != null && fault != all) {
          Fault before = all;
          all = Fault.joined(before, fault, stream);
          Fault.release(before);
        }
      }
      return all;
    }
  }

  private void countUpcasts(Op op, Node[] operands, Spec result) {
    DType computed = switch (op.kind().dtypes()) {
      case PROMOTE, PROMOTE_REAL, PROMOTE_NUMBER, INEXACT, FLOATING, INEXACT_ONLY, FLOATING_ONLY ->
          result.dtype();
      case BOOL -> op instanceof Binary b
          ? b.operandDType(operands[0].spec().dtype(), operands[1].spec().dtype()) : DType.BOOL;
      case INTEGRAL, SHIFT, INDEX, COUNT, ACCUMULATE, CUMULATE, REAL_PART, DEVIATION, FIRST, GIVEN ->
          DType.BOOL;
    };
    if (computed.isInexact() && !computed.isHalf()) {
      for (Node operand : operands) {
        if (operand.spec().dtype().isHalf()) {
          upcasts.increment();
        }
      }
    }
  }

  @Override
  public void eval(Node... roots) {
    count(roots);
    synchronizations.increment();
    submit(roots, Mlxc::mlx_eval);
    for (Node root : roots) {
      raise(own(root));
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

  @Override
  public void asyncEval(Node... roots) {
    count(roots);
    submit(roots, Mlxc::mlx_async_eval);
  }

  private void count(Node[] roots) {
    for (Node root : roots) {
      if (!isAvailable(root)) {
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
      LongStream arrays = Arrays.stream(MlxTransforms.arrays(roots));
      LongStream flags = Arrays.stream(roots).map(root -> own(root).fault()).filter(Objects::nonNull)
          .distinct().mapToLong(Fault::flag);
      return Vector.of(scratch, LongStream.concat(arrays, flags).toArray());
    }
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

  @Override
  public boolean isAvailable(Node node) {
    return own(node).isAvailable();
  }

  @Override
  public MemorySegment read(Node node) {
    MlxNode own = own(node);
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

  @Override
  public void retain(Node node) {
    own(node).retain();
  }

  @Override
  public void release(Node node) {
    own(node).release();
  }

  @Override
  public Map<String, Node> loadSafetensors(Path file, int stream) {
    return SafetensorsFiles.load(file, streams.handle(stream));
  }

  @Override
  public void saveSafetensors(Path file, Map<String, Node> tensors, Map<String, String> metadata) {
    eval(tensors.values().toArray(Node[]::new));
    SafetensorsFiles.save(file, tensors, metadata);
  }

  @Override
  public Streams streams() {
    return streams;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Counters counters() {
    return new Counters(evaluations.sum(), synchronizations.sum(), operations.sum(),
        Counters.UNKNOWN, Counters.UNKNOWN, upcasts.sum(), transforms.traces());
  }

  @Override
  public Transforms transforms() {
    return transforms;
  }
}
