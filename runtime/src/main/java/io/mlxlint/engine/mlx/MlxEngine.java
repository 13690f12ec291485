package io.mlxlint.engine.mlx;

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
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The official MLX: Metal on a Mac, CUDA or the CPU on Linux. What its functions refuse is an {@link
 * MlxException}.
 *
 * <p>Counted as for every engine, except that MLX does not say how many kernels it ran or bytes it moved
 * ({@link Counters#UNKNOWN}). An index out of range and an integer divided by zero are exceptions as on
 * engine {@code java}: at the operation where the values are there already, otherwise at the evaluation.
 */
public final class MlxEngine implements Engine {
  private final MlxStreams streams;
  private final MlxMemory memory = new MlxMemory();
  private final MlxTransforms transforms;
  private final MlxEvaluation evaluation;
  private final LongAdder operations = new LongAdder();
  private final LongAdder upcasts = new LongAdder();

  /** @throws MlxUnavailableException if the library is missing or unusable; the message says what to run */
  public MlxEngine() {
    if (Start.FAILURE != null) {
      throw Start.FAILURE.again();
    }
    streams = new MlxStreams();
    transforms = new MlxTransforms(streams);
    evaluation = new MlxEvaluation(streams, memory);
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

  /** Whether anything must be looked at before their values are used, as is hardly ever so. */
  static boolean hasFaults(Node[] nodes) {
    for (Node node : nodes) {
      if (own(node).hasFault()) {
        return true;
      }
    }
    return false;
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
    evaluation.eval(roots);
  }

  @Override
  public void asyncEval(Node... roots) {
    evaluation.asyncEval(roots);
  }

  @Override
  public boolean isAvailable(Node node) {
    return own(node).isAvailable();
  }

  @Override
  public MemorySegment read(Node node) {
    return evaluation.read(node);
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
    return new Counters(evaluation.evaluations(), evaluation.synchronizations(), operations.sum(),
        Counters.UNKNOWN, Counters.UNKNOWN, upcasts.sum(), transforms.traces());
  }

  @Override
  public Transforms transforms() {
    return transforms;
  }
}
