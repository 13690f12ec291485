package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the vocabulary says an operation gives is what MLX makes, for every operation and dtype. */
class OperationsTest {
  private static final Shape MATRIX = Shape.of(2, 4);
  private MlxEngine engine;

  @BeforeEach
  void engine() {
    engine = Installed.engine();
  }

  /** What an operation is tried on; {@code null} as its dtype stands for every one in turn. */
  private record Operand(Shape shape, DType dtype) {}

  private record Case(Op op, Operand... operands) {}

  private static Operand any(int... dims) {
    return new Operand(Shape.of(dims), null);
  }

  private static Operand of(DType dtype, int... dims) {
    return new Operand(Shape.of(dims), dtype);
  }

  private static List<Case> cases() {
    List<Case> out = new ArrayList<>();
    Operand x = new Operand(MATRIX, null);
    Stream.of(Unary.values()).forEach(op -> out.add(new Case(op, x)));
    Stream.of(Binary.values()).forEach(op -> out.add(new Case(op, x, any(4))));
    for (int[] axes : new int[][] {null, {}, {1}, {-1, 0}}) {
      for (boolean keep : new boolean[] {false, true}) {
        for (Reduction kind : Reduction.values()) {
          switch (kind) {
            case SUM, PROD, MAX, MIN, ALL, ANY ->
                out.add(new Case(new Reduction.Reduce(kind, axes, keep), x));
            case ARGMAX, ARGMIN -> out.add(new Case(new Reduction.ArgReduce(kind, -1, keep), x));
            case MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
                out.add(new Case(new Reduction.Statistic(kind, axes, keep, 1), x));
          }
        }
        out.add(new Case(new Fusing.LogSumExp(axes, keep), x));
      }
      out.add(new Case(new Fusing.Softmax(axes, true), x));
    }
    for (Scanning kind : Scanning.values()) {
      out.add(new Case(new Scanning.Scan(kind, 1, true, false), x));
      out.add(new Case(new Scanning.Scan(kind, 0, false, true), any(0, 3)));
    }
    for (int[] dims : new int[][] {{2, 4}, {0, 4}}) {
      out.add(new Case(new Ordering.Sort(Ordering.SORT, -1, 0), any(dims)));
      out.add(new Case(new Ordering.Sort(Ordering.PARTITION, -1, 1), any(dims)));
      out.add(new Case(new Ordering.ArgSort(Ordering.ARGSORT, -1, 0), any(dims)));
      out.add(new Case(new Ordering.ArgSort(Ordering.ARGPARTITION, -1, 1), any(dims)));
    }
    addShaping(out, x);
    addIndexing(out, x);
    addOthers(out, x);
    return out;
  }

  private static void addShaping(List<Case> out, Operand x) {
    Slice slice = new Slice(new int[] {1, 3}, new int[] {-1, 0}, new int[] {-1, -2});
    out.add(new Case(new Shaping.Reshape(new int[] {-1, 2}), x));
    out.add(new Case(new Shaping.Transpose(new int[] {1, 0}), x));
    out.add(new Case(new Shaping.BroadcastTo(Shape.of(3, 2, 4)), x));
    out.add(new Case(slice, x));
    out.add(new Case(new Slice.Update(slice), x, any(2)));
    out.add(new Case(new Shaping.Concatenate(1), x, any(2, 3)));
    out.add(new Case(new Shaping.Stack(-1), x, x));
    out.add(new Case(new Shaping.Pad(new int[] {1, 0}, new int[] {0, 2}), x, any()));
    for (Padding.Mode mode : Padding.Mode.values()) {
      out.add(new Case(new Padding(mode, new int[] {1, 0}, new int[] {0, 5}), x));
    }
    out.add(new Case(new DynamicSlice(new int[] {-1}, new int[] {1, 2}), x, of(DType.INT32, 1)));
    out.add(new Case(new DynamicSlice.Update(new int[] {0, 1}), x, any(3), of(DType.UINT8, 2)));
    out.add(new Case(new Layout.AsStrided(Shape.of(3, 2), new long[] {2, -1}, 1), x));
    out.add(new Case(new Layout.Contiguous(false), x));
    out.add(new Case(new Shaping.Repeat(3, 1), x));
    out.add(new Case(new Shaping.Tile(new int[] {2, 1, 3}), x));
    out.add(new Case(new Shaping.Tril(-1), x));
    out.add(new Case(new Shaping.Triu(1), x));
  }

  private static void addIndexing(List<Case> out, Operand x) {
    out.add(new Case(new Indexing.MaskedScatter(), x, of(DType.BOOL, 2), any(3, 4)));
    for (DType index : new DType[] {DType.INT32, DType.UINT32, DType.INT64}) {
      out.add(new Case(new Indexing.Gather(new int[] {1}, new int[] {2, 1}), x, of(index, 3)));
      for (Indexing.Mode mode : Indexing.Mode.values()) {
        out.add(new Case(new Indexing.Scatter(mode, new int[] {0}), x, any(3, 1, 4), of(index, 3)));
      }
      out.add(new Case(new Indexing.TakeAlongAxis(1), x, of(index, 2, 3)));
      out.add(new Case(new Indexing.PutAlongAxis(Indexing.Mode.ASSIGN, 1), x, of(index, 2, 3), any(2, 3)));
      out.add(new Case(new Indexing.PutAlongAxis(Indexing.Mode.ADD, 1), x, of(index, 2, 3), any(2, 3)));
    }
  }

  private static void addOthers(List<Case> out, Operand x) {
    out.add(new Case(new Matrix.Matmul(), any(3, 2, 4), any(4, 5)));
    out.add(new Case(new Matrix.Matmul(), any(4), any(4)));
    out.add(new Case(new Matrix.AddMM(2, 0.5), any(5), x, any(4, 5)));
    out.add(new Case(new Converting.Where(), of(DType.BOOL, 4), x, any()));
    for (DType to : DType.values()) {
      out.add(new Case(new Converting.AsType(to), x));
      out.add(new Case(new Converting.View(to), any(2, 8)));
      out.add(new Case(new Creation.Arange(1, 7.5, 2, to)));
      out.add(new Case(new Creation.Eye(3, 4, 1, to)));
      out.add(new Case(new Creation.Tri(3, 4, -1, to)));
      out.add(new Case(new Creation.Linspace(1, 2, 5, to.isInexact(), to)));
    }
    for (Creation kind : new Creation[] {Creation.BARTLETT, Creation.HANNING, Creation.HAMMING,
        Creation.BLACKMAN}) {
      out.add(new Case(new Creation.Window(kind, 5)));
      out.add(new Case(new Creation.Window(kind, 0)));
    }
    out.add(new Case(new Ordering.SearchSorted(true), any(4), x));
    out.add(new Case(new Converting.Clip(true, false), x, any()));
    out.add(new Case(new Converting.Clip(false, true), x, any(4)));
    out.add(new Case(new Converting.Clip(true, true), x, any(), any()));
    out.add(new Case(new Fusing.RmsNorm(true, 1e-5f), x, any(4)));
    out.add(new Case(new Fusing.RmsNorm(false, 1e-5f), x));
    out.add(new Case(new Fusing.LayerNorm(true, true, 1e-5f), x, any(4), any(4)));
    out.add(new Case(new Fusing.LayerNorm(false, true, 1e-5f), x, any(4)));
    out.add(new Case(new Fusing.Rope(4, false, 10_000, 1, false), any(1, 3, 4), of(DType.INT32)));
    out.add(new Case(new Fusing.Rope(4, true, 0, 1, true), any(1, 3, 4), of(DType.INT32),
        of(DType.FLOAT32, 2)));
    Operand q = any(1, 4, 3, 8);
    Operand k = any(1, 2, 5, 8);
    out.add(new Case(new Fusing.Attention(0.5f, Fusing.Mask.NONE), q, k, k));
    out.add(new Case(new Fusing.Attention(0.5f, Fusing.Mask.CAUSAL), q, k, k));
    out.add(new Case(new Fusing.Attention(0.5f, Fusing.Mask.NONE, true), q, k, k, of(DType.FLOAT16, 4)));
    out.add(new Case(new Convolution.Conv(Convolution.CONV1D, new int[] {2}, new int[] {1}, new int[] {1},
        new int[] {1}, new int[] {1}, 1, false), any(2, 5, 3), any(4, 2, 3)));
    out.add(new Case(new Fusing.Attention(0.5f, Fusing.Mask.ARRAY), q, k, k, of(DType.BOOL, 3, 5)));
    Operand key = of(DType.UINT32, 2);
    for (int width : new int[] {1, 2, 4}) {
      out.add(new Case(new Sampling.Bits(MATRIX, width), key));
    }
    Operand f = of(DType.FLOAT32);
    for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32}) {
      out.add(new Case(new Sampling.Distribution(Sampling.UNIFORM, MATRIX, dtype), key, f, f));
      out.add(new Case(new Sampling.Distribution(Sampling.TRUNCATED_NORMAL, MATRIX, dtype), key, f, f));
      out.add(new Case(new Sampling.Distribution(Sampling.NORMAL, MATRIX, dtype), key));
      out.add(new Case(new Sampling.Distribution(Sampling.GUMBEL, MATRIX, dtype), key));
      out.add(new Case(new Sampling.Distribution(Sampling.LAPLACE, MATRIX, dtype), key));
    }
    out.add(new Case(new Sampling.Distribution(Sampling.BERNOULLI, MATRIX, DType.BOOL), key, f));
    out.add(new Case(new Sampling.Distribution(Sampling.RANDINT, MATRIX, DType.INT16), key, of(DType.INT32),
        of(DType.INT32)));
  }

  @ParameterizedTest
  @EnumSource
  void mlxMakesWhatTheVocabularyInfers(DType first) {
    Set<String> wrong = new TreeSet<>();
    int checked = 0;
    for (Case c : cases()) {
      if (first != DType.BOOL && Stream.of(c.operands).noneMatch(s -> s.dtype() == null)) {
        continue; // it is the same for every dtype
      }
      for (DType second : usesSecond(c.operands) ? DType.values() : new DType[] {first}) {
        Spec[] specs = filled(c.operands, first, second);
        Spec inferred;
        try {
          inferred = c.op.infer(specs);
        } catch (IllegalArgumentException _) {
          continue;
        }
        checked++;
        String problem = compare(c.op, specs, inferred);
        if (problem != null) {
          wrong.add(c.op.kind().mlxName() + " of " + Arrays.toString(specs) + ": inferred " + inferred
              + ", MLX " + problem);
        }
      }
    }
    assertThat(wrong).as("of " + checked + " cases").isEmpty();
    assertThat(checked).isGreaterThan(500);
  }

  private static boolean usesSecond(Operand[] operands) {
    return Stream.of(operands).filter(s -> s.dtype() == null).count() > 1;
  }

  /** The first open dtype becomes {@code first}, all others {@code second}. */
  private static Spec[] filled(Operand[] operands, DType first, DType second) {
    Spec[] out = new Spec[operands.length];
    boolean seen = false;
    for (int i = 0; i < out.length; i++) {
      boolean isOpen = operands[i].dtype() == null;
      out[i] = new Spec(operands[i].shape(), !isOpen ? operands[i].dtype() : seen ? second : first);
      seen |= isOpen;
    }
    return out;
  }

  private String compare(Op op, Spec[] specs, Spec inferred) {
    List<Node> made = new ArrayList<>();
    try {
      for (Spec spec : specs) {
        made.add(ones(spec));
      }
      MlxNode result = Operations.apply(op, made.toArray(Node[]::new), inferred, null, stream());
      made.add(result);
      engine.eval(result);
      Spec actual = MlxNode.specOf(result.array());
      return actual.equals(inferred) ? null : "made " + actual;
    } catch (AssertionError e) {
      return e.getMessage();
    } catch (MlxException e) {
      return Cuda.refuses(engine, e.getMessage()) ? null : "refused: " + e.getMessage();
    } catch (UnsupportedOperationException _) {
      return null;
    } finally {
      made.forEach(engine::release);
    }
  }

  /** Bytes of ones: an odd number in each dtype, never 0 to divide by. */
  private Node ones(Spec spec) {
    byte[] bytes = new byte[(int) spec.nbytes()];
    int step = spec.dtype().itemSize();
    for (int i = 0; i < bytes.length; i += step) {
      bytes[i] = 1;
    }
    return engine.constant(spec, MemorySegment.ofArray(bytes));
  }

  private long stream() {
    return ((MlxStreams) engine.streams()).defaultHandle();
  }
}
