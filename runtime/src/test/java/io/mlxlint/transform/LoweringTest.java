package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoweringTest {
  private final Graph graph = new Graph((op, inputs, result, reusable, allocator) -> {
    throw new AssertionError("nothing is computed here");
  });
  private final Lowering lowering = new Lowering(graph);

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void theResultIsWhatTheOperationInfers(Op op, Spec[] operands) {
    GraphNode[] x = new GraphNode[operands.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = graph.placeholder(operands[i], 0);
    }
    Spec expected = op.infer(operands);
    assertThat(lowering.apply(op, x, expected, 0).spec()).isEqualTo(expected);
  }

  static Stream<Arguments> operations() {
    Spec key = spec(DType.UINT32, 2);
    Spec half = spec(DType.FLOAT16, 2, 3);
    return Stream.of(
        op(Unary.EXP, spec(DType.INT32, 3)),
        op(Unary.LOGICAL_NOT, half),
        op(Binary.ADD, half, spec(DType.FLOAT32, 4, 1, 3)),
        op(Binary.LESS, half, spec(DType.INT32)),
        op(new Reduction.Reduce(Reduction.SUM, new int[] {-1}, true), spec(DType.INT8, 2, 3)),
        op(new Reduction.Reduce(Reduction.MAX, new int[0], false), half),
        op(new Reduction.Statistic(Reduction.MEAN, null, false, 0), spec(DType.INT32, 2, 3)),
        op(new Reduction.Statistic(Reduction.VAR, new int[] {0}, true, 1), half),
        op(new Reduction.Statistic(Reduction.STD, new int[] {-2}, false, 0), half),
        op(new Reduction.Statistic(Reduction.MEDIAN, new int[] {0, 2}, true, 0),
            spec(DType.FLOAT32, 2, 3, 4)),
        op(new Reduction.Statistic(Reduction.MEDIAN, null, false, 0), half),
        op(new Reduction.Statistic(Reduction.COUNT_NONZERO, null, false, 0), half),
        op(new Shaping.Stack(-1), half, spec(DType.FLOAT32, 2, 3)),
        op(new Shaping.Stack(0), half, half),
        op(new Shaping.Repeat(3, -1), half),
        op(new Shaping.Tile(new int[] {2, 1, 2}), half),
        op(new Shaping.Tile(new int[] {2}), half),
        op(new Shaping.Tril(1), half),
        op(new Shaping.Triu(-1), spec(DType.FLOAT32, 2, 3, 3)),
        op(new Shaping.Reshape(new int[] {-1}), half),
        op(new Slice.Update(new Slice(new int[] {0, 1}, new int[] {2, 3}, new int[] {1, 1})),
            half, spec(DType.FLOAT32)),
        op(new Padding(Padding.Mode.REFLECT, new int[] {0, 5}, new int[] {0, 1}), spec(DType.INT8, 0, 3)),
        op(new Padding(Padding.Mode.EDGE, new int[] {2, 0}, new int[] {0, 1}), half),
        op(new DynamicSlice(new int[] {-1}, new int[] {2, 0}), half, spec(DType.INT64)),
        op(new DynamicSlice.Update(new int[] {1, 0}), half, spec(DType.INT32, 2), spec(DType.UINT32, 2)),
        op(new Indexing.MaskedScatter(), half, spec(DType.BOOL, 2), spec(DType.FLOAT32, 0, 3)),
        op(new Ordering.SearchSorted(false), spec(DType.INT32, 0), half),
        op(new Matrix.Matmul(), spec(DType.FLOAT32, 4), spec(DType.FLOAT32, 4)),
        op(new Matrix.Matmul(), spec(DType.FLOAT32, 5, 2, 4), spec(DType.FLOAT32, 4)),
        op(new Matrix.Matmul(), spec(DType.FLOAT32, 4), spec(DType.FLOAT32, 5, 4, 2)),
        op(new Matrix.Matmul(), spec(DType.FLOAT16, 5, 1, 2, 4), spec(DType.FLOAT32, 3, 4, 6)),
        op(new Matrix.Matmul(), spec(DType.FLOAT32, 3, 0), spec(DType.FLOAT32, 0, 2)),
        op(new Matrix.AddMM(2, 0.5), spec(DType.FLOAT32, 6), spec(DType.FLOAT16, 5, 4),
            spec(DType.FLOAT16, 4, 6)),
        op(new Converting.Clip(true, true), half, spec(DType.FLOAT16), spec(DType.FLOAT16)),
        op(new Converting.Where(), spec(DType.BOOL, 3), half, spec(DType.FLOAT32)),
        op(new Creation.Linspace(0, 1, 5, true, DType.FLOAT16)),
        op(new Creation.Linspace(0, 1, 1, false, DType.FLOAT32)),
        op(new Creation.Eye(3, 4, -1, DType.INT32)),
        op(new Creation.Window(Creation.BLACKMAN, 7)),
        op(new Creation.Window(Creation.BARTLETT, 0)),
        op(new Creation.Tri(3, 4, 1, DType.FLOAT32)),
        op(new Fusing.RmsNorm(true, 1e-5f), half, spec(DType.FLOAT32, 3)),
        op(new Fusing.LayerNorm(false, true, 1e-5f), half, spec(DType.FLOAT16, 3)),
        op(new Fusing.LayerNorm(true, true, 1e-5f), half, spec(DType.FLOAT16, 3), spec(DType.FLOAT16, 3)),
        op(new Fusing.Rope(4, true, 10000, 1, false), spec(DType.BFLOAT16, 2, 3, 5, 6), spec(DType.INT32, 2)),
        op(new Fusing.Rope(4, false, 10000, 1, false), spec(DType.FLOAT32, 2, 5, 4), spec(DType.INT32)),
        op(new Fusing.Attention(0.5f, Fusing.Mask.CAUSAL), spec(DType.FLOAT16, 1, 4, 2, 8),
            spec(DType.FLOAT16, 1, 2, 3, 8), spec(DType.FLOAT16, 1, 2, 3, 5)),
        op(new Fusing.Attention(0.5f, Fusing.Mask.ARRAY), spec(DType.FLOAT16, 1, 4, 2, 8),
            spec(DType.FLOAT16, 1, 2, 3, 8), spec(DType.FLOAT16, 1, 2, 3, 5), spec(DType.BOOL, 2, 3)),
        op(new Fusing.Softmax(null, false), spec(DType.INT32, 2, 3)),
        op(new Indexing.Gather(new int[] {0}, new int[] {1, 3}), half, spec(DType.INT32, 4, 1)),
        op(new Indexing.TakeAlongAxis(-1), half, spec(DType.INT32, 1, 5)),
        op(new Indexing.PutAlongAxis(Indexing.Mode.ADD, -1), half, spec(DType.INT32, 1, 2),
            spec(DType.FLOAT32)),
        op(new Sampling.Distribution(Sampling.UNIFORM, Shape.of(3, 2), DType.FLOAT16), key,
            spec(DType.FLOAT32), spec(DType.FLOAT32, 2)),
        op(new Sampling.Distribution(Sampling.NORMAL, Shape.of(3), DType.BFLOAT16), key),
        op(new Sampling.Distribution(Sampling.GUMBEL, Shape.of(3), DType.FLOAT32), key),
        op(new Sampling.Distribution(Sampling.LAPLACE, Shape.of(3), DType.FLOAT16), key),
        op(new Sampling.Distribution(Sampling.BERNOULLI, Shape.of(3), DType.BOOL), key, spec(DType.FLOAT16)),
        op(new Sampling.Distribution(Sampling.RANDINT, Shape.of(3), DType.UINT8), key,
            spec(DType.INT32), spec(DType.INT32)),
        op(new Sampling.Distribution(Sampling.TRUNCATED_NORMAL, Shape.of(3), DType.FLOAT32), key,
            spec(DType.FLOAT32), spec(DType.FLOAT32)));
  }

  @Test
  void whatChangesNothingIsTheOperandItself() {
    GraphNode x = graph.placeholder(spec(DType.FLOAT32, 2, 3), 0);
    assertThat(apply(new Converting.AsType(DType.FLOAT32), x)).isSameAs(x);
    assertThat(apply(new Shaping.Reshape(new int[] {2, -1}), x)).isSameAs(x);
    assertThat(apply(new Shaping.BroadcastTo(Shape.of(2, 3)), x)).isSameAs(x);
    assertThat(apply(new Shaping.Transpose(new int[] {0, 1}), x)).isSameAs(x);
    assertThat(apply(new Slice(new int[2], new int[] {2, 3}, new int[] {1, 1}), x)).isSameAs(x);
    assertThat(apply(new Shaping.Concatenate(0), x)).isSameAs(x);
  }

  @Test
  void anUpcastIsCountedOnlyWherePromotionWidensAHalf() {
    GraphNode half = graph.placeholder(spec(DType.FLOAT16, 3), 0);
    GraphNode full = graph.placeholder(spec(DType.FLOAT32, 3), 0);
    apply(new Converting.AsType(DType.FLOAT32), half);
    apply(Binary.ADD, half, half);
    apply(new Fusing.RmsNorm(false, 1e-5f), half);
    apply(Binary.ADD, graph.placeholder(spec(DType.INT32, 3), 0), full);
    assertThat(graph.counters().upcasts()).isZero();
    apply(Binary.ADD, half, full);
    assertThat(graph.counters().upcasts()).isEqualTo(1);
    apply(new Fusing.RmsNorm(true, 1e-5f), half, full);
    assertThat(graph.counters().upcasts()).isEqualTo(2);
  }

  private GraphNode apply(Op op, GraphNode... x) {
    return lowering.apply(op, x, op.infer(Build.specs(x)), 0);
  }

  private static Spec spec(DType dtype, int... shape) {
    return new Spec(Shape.of(shape), dtype);
  }

  private static Arguments op(Op op, Spec... operands) {
    return Arguments.of(op, operands);
  }
}
