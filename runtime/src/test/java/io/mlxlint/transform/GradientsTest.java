package io.mlxlint.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
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
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients in float64 against central differences. */
class GradientsTest {
  private static final double STEP = 1e-6;
  private final Engine engine = new JavaEngine();

  /** An operation on random operands between {@code low} and {@code high}. */
  record Case(String name, Op op, double low, double high, int[][] shapes, Object[] fixed) {
    @Override
    public String toString() {
      return name + Arrays.deepToString(shapes);
    }
  }

  static Stream<Case> cases() {
    List<Case> out = new ArrayList<>();
    for (Unary u : Unary.values()) {
      switch (u) {
        case LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF, ISFINITE, ISPOSINF, ISNEGINF -> { }
        case ARCSIN, ARCCOS, ARCTANH, ERFINV -> out.add(elementwise(u, -0.8, 0.8, 1));
        case ARCCOSH -> out.add(elementwise(u, 1.2, 3, 1));
        case SQRT, RSQRT, LOG, LOG2, LOG10, LOG1P, RECIPROCAL -> out.add(elementwise(u, 0.2, 3, 1));
        case STOP_GRADIENT -> { }
        default -> out.add(elementwise(u, -1.4, 1.4, 1));
      }
    }
    for (Binary k : Binary.values()) {
      switch (k) {
        case ADD, SUBTRACT, MULTIPLY, MAXIMUM, MINIMUM, LOGADDEXP,
            ARCTAN2 -> out.add(elementwise(k, -2, 2, 2));
        case DIVIDE, POWER, REMAINDER, FLOOR_DIVIDE -> out.add(elementwise(k, 0.3, 2.5, 2));
        default -> { }
      }
    }
    for (Reduction r : new Reduction[] {Reduction.SUM, Reduction.PROD, Reduction.MAX, Reduction.MIN}) {
      out.add(of(r.name(), new Reduction.Reduce(r, null, false), 2, 3));
      out.add(of(r.name(), new Reduction.Reduce(r, new int[] {1}, true), 2, 3));
      out.add(of(r.name(), new Reduction.Reduce(r, new int[] {0, 2}, false), 2, 3, 2));
    }
    for (Reduction r : new Reduction[] {Reduction.MEAN, Reduction.VAR, Reduction.STD, Reduction.MEDIAN}) {
      out.add(of(r.name(), new Reduction.Statistic(r, null, false, 0), 2, 3));
      out.add(of(r.name(), new Reduction.Statistic(r, new int[] {0, 2}, true, 1), 2, 3, 2));
    }
    for (Scanning c : Scanning.values()) {
      for (int i = 0; i < 4; i++) {
        out.add(of(c.name() + i, new Scanning.Scan(c, i % 2, i / 2 == 1, i % 3 != 0), 3, 4));
      }
    }
    out.add(of("sort", new Ordering.Sort(Ordering.SORT, 0, 0), 4, 3));
    out.add(of("partition", new Ordering.Sort(Ordering.PARTITION, -1, 2), 2, 5));
    out.add(of("softmax", new Fusing.Softmax(new int[] {-1}, false), 2, 4));
    out.add(of("softmax all", new Fusing.Softmax(null, true), 2, 4));
    out.add(of("logsumexp", new Fusing.LogSumExp(new int[] {0}, false), 3, 4));
    out.add(of("reshape", new Shaping.Reshape(new int[] {3, -1}), 2, 6));
    out.add(of("transpose", new Shaping.Transpose(new int[] {2, 0, 1}), 2, 3, 4));
    out.add(of("broadcast", new Shaping.BroadcastTo(Shape.of(2, 3, 4)), 3, 1));
    out.add(of("slice", new Slice(new int[] {0, 1}, new int[] {2, 4}, new int[] {1, 1}), 3, 4));
    out.add(of("strided slice", new Slice(new int[] {2, 3}, new int[] {-1, 0}, new int[] {-1, -2}), 3, 4));
    out.add(of("pad", new Shaping.Pad(new int[] {1, 0}, new int[] {0, 2}), new int[][] {{2, 3}, {}}));
    out.add(of("slice update",
        new Slice.Update(new Slice(new int[] {0, 1}, new int[] {3, 3}, new int[] {2, 1})),
        new int[][] {{3, 4}, {2, 2}}));
    for (Padding.Mode mode : Padding.Mode.values()) {
      out.add(of("pad " + mode, new Padding(mode, new int[] {1, 4}, new int[] {0, 5}), 2, 3));
    }
    out.add(fixed("dynamic slice", new DynamicSlice(new int[] {1, 0}, new int[] {1, 2}),
        new Object[] {null, new int[] {2, 1}}, new int[][] {{3, 4}, {2}}));
    out.add(fixed("dynamic slice update", new DynamicSlice.Update(new int[] {-1}),
        new Object[] {null, null, new int[] {2}}, new int[][] {{3, 4}, {2, 1}, {}}));
    out.add(fixed("repeated dynamic slice update", new DynamicSlice.Update(new int[] {1}),
        new Object[] {null, null, new int[] {2}}, new int[][] {{3, 4}, {2}, {}}));
    out.add(of("as_strided", new Layout.AsStrided(Shape.of(3, 2), new long[] {1, -2}, 6), 3, 4));
    out.add(of("contiguous", new Layout.Contiguous(true), 3, 4));
    out.add(fixed("masked scatter", new Indexing.MaskedScatter(),
        new Object[] {null, new int[] {1, 0, 1}, null}, new int[][] {{3, 2}, {3}, {3, 1}}));
    out.add(of("concatenate", new Shaping.Concatenate(1), new int[][] {{2, 1}, {2, 3}, {2, 2}}));
    out.add(of("stack", new Shaping.Stack(1), new int[][] {{2, 3}, {2, 3}}));
    out.add(of("repeat", new Shaping.Repeat(2, 0), 2, 3));
    out.add(of("tile", new Shaping.Tile(new int[] {2, 1, 2}), 2, 3));
    out.add(of("tril", new Shaping.Tril(0), 3, 4));
    out.add(of("triu", new Shaping.Triu(1), 3, 4));
    out.add(of("matmul", new Matrix.Matmul(), new int[][] {{2, 3}, {3, 4}}));
    out.add(of("matmul vectors", new Matrix.Matmul(), new int[][] {{3}, {3}}));
    out.add(of("matmul batch by vector", new Matrix.Matmul(), new int[][] {{2, 2, 3}, {3}}));
    out.add(of("matmul vector by batch", new Matrix.Matmul(), new int[][] {{3}, {2, 3, 2}}));
    out.add(of("matmul broadcast", new Matrix.Matmul(), new int[][] {{2, 1, 2, 3}, {3, 3, 2}}));
    out.add(of("conv", new Convolution.Conv(Convolution.CONV_GENERAL, new int[] {2}, new int[] {1},
        new int[] {2},
        new int[] {2}, new int[] {1}, 2, false), new int[][] {{2, 5, 4}, {2, 2, 2}}));
    out.add(of("dilated conv", new Convolution.Conv(Convolution.CONV_GENERAL, new int[] {1, 1},
        new int[] {-1, 0}, new int[] {0, 1}, new int[] {1, 1}, new int[] {2, 1}, 1, true),
        new int[][] {{1, 3, 3, 1}, {2, 2, 2, 1}}));
    out.add(of("addmm", new Matrix.AddMM(0.5, 2), new int[][] {{4}, {2, 3}, {3, 4}}));
    out.add(of("astype", new Converting.AsType(DType.FLOAT64), 2, 3));
    out.add(fixed("where", new Converting.Where(), new Object[] {new int[] {1, 0, 1}, null, null},
        new int[][] {{3}, {2, 3}, {2, 1}}));
    out.add(of("clip", new Converting.Clip(true, true), new int[][] {{2, 6}, {1}, {6}}));
    out.add(fixed("gather", new Indexing.Gather(new int[] {0}, new int[] {1, 3}),
        new Object[] {null, new int[] {2, 0, 2, 1}}, new int[][] {{3, 3}, {4}}));
    out.add(fixed("gather two", new Indexing.Gather(new int[] {0, 1}, new int[] {1, 2}),
        new Object[] {null, new int[] {2, 0, 2}, new int[] {0, 1, 0}}, new int[][] {{3, 3}, {3}, {3}}));
    for (Indexing.Mode mode : Indexing.Mode.values()) {
      // where updates of one place override each other, their gradient is not defined
      int[] at = mode == Indexing.Mode.ASSIGN ? new int[] {2, 0} : new int[] {2, 2};
      out.add(fixed("scatter " + mode, new Indexing.Scatter(mode, new int[] {0}),
          new Object[] {null, null, at}, new int[][] {{3, 3}, {2, 1, 3}, {2}}));
      int[] along = mode == Indexing.Mode.ASSIGN ? new int[] {2, 0, 1, 0} : new int[] {2, 2, 1, 0};
      out.add(fixed("put_along_axis " + mode, new Indexing.PutAlongAxis(mode, 1),
          new Object[] {null, along, null}, new int[][] {{2, 3}, {2, 2}, {2, 2}}));
    }
    out.add(fixed("take_along_axis", new Indexing.TakeAlongAxis(1),
        new Object[] {null, new int[] {2, 2, 1, 0}}, new int[][] {{2, 3}, {2, 2}}));
    out.add(of("rms_norm", new Fusing.RmsNorm(true, 1e-3f), new int[][] {{2, 4}, {4}}));
    out.add(of("layer_norm", new Fusing.LayerNorm(true, true, 1e-3f), new int[][] {{2, 4}, {4}, {4}}));
    return out.stream();
  }

  private static Case elementwise(Op op, double low, double high, int operands) {
    return new Case(op.kind().mlxName(), op, low, high,
        operands == 1 ? new int[][] {{2, 3}} : new int[][] {{2, 3}, {3}}, new Object[operands]);
  }

  private static Case of(String name, Op op, int... shape) {
    return of(name, op, new int[][] {shape});
  }

  private static Case of(String name, Op op, int[][] shapes) {
    return fixed(name, op, new Object[shapes.length], shapes);
  }

  private static Case fixed(String name, Op op, Object[] fixed, int[][] shapes) {
    return new Case(name, op, -1.5, 1.5, shapes, fixed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void reverseAndForwardAgreeWithDifferences(Case c) {
    Random random = new Random(c.name.hashCode());
    List<double[]> values = new ArrayList<>();
    List<int[]> shapes = new ArrayList<>();
    for (int i = 0; i < c.shapes.length; i++) {
      if (c.fixed[i] == null) {
        int n = (int) Shape.of(c.shapes[i]).size();
        shapes.add(c.shapes[i]);
        values.add(random.doubles(n, c.low, c.high).toArray());
      }
    }
    boolean masked = c.op instanceof Converting.Where || c.op instanceof Indexing.MaskedScatter;
    NodeFunction f = inputs -> {
      Node[] x = new Node[c.shapes.length];
      int next = 0;
      for (int i = 0; i < x.length; i++) {
        x[i] = c.fixed[i] == null ? inputs[next++] : integers((int[]) c.fixed[i], c.shapes[i],
            masked ? DType.BOOL : DType.INT32);
      }
      return new Node[] {apply(c.op, x)};
    };
    Node[] primals = nodes(values, shapes);
    double[] y = read(f.apply(primals)[0]);
    double[] weights = random.doubles(y.length, -1, 1).toArray();
    int[] shape = f.apply(primals)[0].spec().shape().toArray();
    Node[] gradients = engine.transforms().vjp(f, primals, new Node[] {doubles(weights, shape)})[1];

    double slope = 0;
    List<double[]> tangents = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double[] expected = differences(f, values, shapes, i, weights);
      assertThat(read(gradients[i])).as("gradient of operand %d", i).containsExactly(expected, within(2e-6));
      double[] t = random.doubles(values.get(i).length, -1, 1).toArray();
      tangents.add(t);
      for (int j = 0; j < t.length; j++) {
        slope += t[j] * expected[j];
      }
    }
    Node pushed = engine.transforms().jvp(f, primals, nodes(tangents, shapes))[1][0];
    double[] along = read(pushed);
    double got = 0;
    for (int j = 0; j < along.length; j++) {
      got += along[j] * weights[j];
    }
    assertThat(got).as("forward").isCloseTo(slope, within(2e-5));
  }

  private double[] differences(NodeFunction f, List<double[]> values, List<int[]> shapes, int operand,
      double[] weights) {
    double[] at = values.get(operand);
    double[] out = new double[at.length];
    for (int j = 0; j < at.length; j++) {
      double original = at[j];
      at[j] = original + STEP;
      double[] up = read(f.apply(nodes(values, shapes))[0]);
      at[j] = original - STEP;
      double[] down = read(f.apply(nodes(values, shapes))[0]);
      at[j] = original;
      for (int k = 0; k < up.length; k++) {
        if (Double.isFinite(up[k])) {
          out[j] += weights[k] * (up[k] - down[k]) / (2 * STEP);
        }
      }
    }
    return out;
  }

  @Test
  void theProductOfARowWithZerosHasTheRightGradients() {
    NodeFunction f = in -> new Node[] {apply(new Scanning.Scan(Scanning.CUMPROD, 0, false, true), in[0])};
    for (double[] row : new double[][] {{2, 0, 3, 4}, {0, 0, 3, 4}, {2, 3, 0, 0}}) {
      List<double[]> values = List.of(row.clone());
      List<int[]> shapes = List.of(new int[] {4});
      double[] weights = {1, 2, -3, 0.5};
      Node gradient = engine.transforms().vjp(f, nodes(values, shapes),
          new Node[] {doubles(weights, 4)})[1][0];
      assertThat(read(gradient)).containsExactly(differences(f, values, shapes, 0, weights), within(1e-6));
    }
  }

  @Test
  void gradientsHaveGradients() {
    // d2/dx2 of sum(x^4 * sin(x)) along a vector of ones, twice by reverse mode
    NodeFunction f = in -> {
      Node square = apply(Unary.SQUARE, in[0]);
      Node y = apply(Binary.MULTIPLY, apply(Unary.SQUARE, square), apply(Unary.SIN, in[0]));
      return new Node[] {apply(new Reduction.Reduce(Reduction.SUM, null, false), y)};
    };
    NodeFunction first = in -> new Node[] {apply(new Reduction.Reduce(Reduction.SUM, null, false),
        engine.transforms().valueAndGrad(f, new int[] {0}).apply(in).gradients()[0])};
    double[] x = {0.3, -1.2, 2};
    Node second = engine.transforms().valueAndGrad(first, new int[] {0})
        .apply(new Node[] {doubles(x, 3)}).gradients()[0];
    double[] expected = Arrays.stream(x)
        .map(v -> 12 * v * v * Math.sin(v) + 8 * v * v * v * Math.cos(v) - v * v * v * v * Math.sin(v))
        .toArray();
    assertThat(read(second)).containsExactly(expected, within(1e-9));
  }

  private Node apply(Op op, Node... x) {
    Spec[] specs = Arrays.stream(x).map(Node::spec).toArray(Spec[]::new);
    return engine.apply(op, x, op.infer(specs), 0);
  }

  private Node[] nodes(List<double[]> values, List<int[]> shapes) {
    Node[] out = new Node[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = doubles(values.get(i), shapes.get(i));
    }
    return out;
  }

  private Node doubles(double[] values, int... shape) {
    return engine.constant(new Spec(Shape.of(shape), DType.FLOAT64), MemorySegment.ofArray(values.clone()));
  }

  private Node integers(int[] values, int[] shape, DType dtype) {
    if (dtype == DType.BOOL) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return engine.constant(new Spec(Shape.of(shape), dtype), MemorySegment.ofArray(bytes));
    }
    return engine.constant(new Spec(Shape.of(shape), dtype), MemorySegment.ofArray(values));
  }

  private double[] read(Node node) {
    assertThat(node.spec().dtype()).isEqualTo(DType.FLOAT64);
    return engine.read(node).toArray(ValueLayout.JAVA_DOUBLE);
  }
}
