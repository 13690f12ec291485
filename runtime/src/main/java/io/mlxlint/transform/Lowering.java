package io.mlxlint.transform;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Composite;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/** Writes any operation with primitives whose operands are cast and broadcast. */
public final class Lowering {
  private final Graph graph;

  public Lowering(Graph graph) {
    this.graph = graph;
  }

  /**
   * The graph of {@code op}. The caller gets one reference to the result, which is an operand itself where
   * nothing is to be done.
   *
   * @param result what {@code op} infers from the operands
   */
  public GraphNode apply(Op op, GraphNode[] operands, Spec result, int stream) {
    try (Build b = new Build(graph, stream)) {
      return b.keep(lower(b, op, operands, result));
    }
  }

  static GraphNode lower(Build b, Op op, GraphNode[] x, Spec out) {
    return switch (op) {
      case Primitive p -> Operands.lower(b, p, x, out);
      case Composite c -> composite(b, c, x, out);
    };
  }

  private static GraphNode composite(Build b, Composite op, GraphNode[] x, Spec out) {
    return switch (op) {
      case Reduction.Statistic s -> StatisticLowering.lower(b, s, x[0], out);
      case Shaping.Stack s -> stack(b, s.axis(), x);
      case Shaping.Repeat r -> repeat(b, r, x[0], out.shape());
      case Shaping.Tile t -> tile(b, t, x[0], out.shape());
      case Shaping.Tril t -> b.mask(rows(b, out.shape(), t.k(), Binary.GREATER_EQUAL), x[0]);
      case Shaping.Triu t -> b.where(rows(b, out.shape(), t.k(), Binary.GREATER), b.like(0, x[0]), x[0]);
      case Matrix.AddMM m -> addmm(b, m, x, out);
      case Converting.Clip c -> clip(b, c, x);
      case Converting.ToFp8 f -> Fp8Lowering.narrow(b, x[0]);
      case Converting.FromFp8 f -> Fp8Lowering.widen(b, x[0], f.dtype());
      case Creation.Linspace l -> linspace(b, l);
      case Creation.Window w -> WindowLowering.lower(b, w);
      case Padding p -> padding(b, p, x[0]);
      case Indexing.MaskedScatter _ -> maskedScatter(b, x);
      case Creation.Eye e -> b.cast(rows(b, out.shape(), e.k(), Binary.EQUAL), e.dtype());
      case Creation.Tri t -> b.cast(rows(b, out.shape(), t.k(), Binary.GREATER_EQUAL), t.dtype());
      case Fusing.RmsNorm n -> FusedLowering.rmsNorm(b, n, x, out);
      case Fusing.LayerNorm n -> FusedLowering.layerNorm(b, n, x, out);
      case Fusing.Rope r -> FusedLowering.rope(b, r, x);
      case Convolution.Conv c -> ConvLowering.lower(b, c, x, out);
      case Fusing.CrossEntropy c -> FusedLowering.crossEntropy(b, x[0], x[1]);
      case Fusing.Attention a -> FusedLowering.attention(b, a, x, out);
      case Sampling.Distribution d -> SamplingLowering.lower(b, d, x);
    };
  }

  private static GraphNode stack(Build b, int axis, GraphNode[] x) {
    GraphNode[] parts = new GraphNode[x.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = b.expand(x[i], axis);
    }
    return b.concatenate(axis, parts);
  }

  private static GraphNode repeat(Build b, Shaping.Repeat r, GraphNode x, Shape out) {
    int axis = x.spec().shape().axis(r.axis());
    Shape apart = Axes.inserted(x.spec().shape(), axis + 1, 1);
    GraphNode repeated = b.broadcast(b.reshape(x, apart), Axes.resized(apart, axis + 1, r.repeats()));
    return b.reshape(repeated, out);
  }

  private static GraphNode tile(Build b, Shaping.Tile t, GraphNode x, Shape out) {
    int rank = out.rank();
    int[] apart = new int[2 * rank];
    int[] repeated = new int[2 * rank];
    int missing = rank - x.spec().shape().rank();
    for (int i = 0; i < rank; i++) {
      int size = i < missing ? 1 : x.spec().shape().dim(i - missing);
      int rep = i < rank - t.reps().length ? 1 : t.reps()[i - (rank - t.reps().length)];
      apart[2 * i] = 1;
      repeated[2 * i] = rep;
      apart[2 * i + 1] = size;
      repeated[2 * i + 1] = size;
    }
    return b.reshape(b.broadcast(b.reshape(x, apart), Shape.of(repeated)), out);
  }

  /** How the row of each element, counted so that it is the column on diagonal k, compares to its column. */
  private static GraphNode rows(Build b, Shape shape, int k, Binary compared) {
    GraphNode row = b.expand(b.arange(Shaping.diagonal(k, shape), shape.dim(-2), DType.INT32), 1);
    return b.binary(compared, row, b.arange(0, shape.dim(-1), DType.INT32));
  }

  /** Outside its range an index is held at the edge, or goes back and forth. */
  private static GraphNode padding(Build b, Padding p, GraphNode x) {
    GraphNode out = x;
    for (int axis = 0; axis < p.low().length; axis++) {
      int n = x.spec().shape().dim(axis);
      int low = p.low()[axis];
      int size = low + n + p.high()[axis];
      if (size != n) {
        GraphNode at = b.arange(-low, size, DType.INT32);
        GraphNode index = switch (p.mode()) {
          case EDGE -> b.minimum(b.maximum(at, b.scalar(0, DType.INT32)), b.scalar(n - 1, DType.INT32));
          case REFLECT -> reflected(b, at, Math.max(1, 2 * n - 2), 0);
          case SYMMETRIC -> reflected(b, at, 2 * n, 1);
        };
        out = b.take(out, index, axis);
      }
    }
    return out;
  }

  private static GraphNode reflected(Build b, GraphNode at, int period, int repeated) {
    GraphNode up = b.binary(Binary.REMAINDER, at, b.scalar(period, DType.INT32));
    return b.minimum(up, b.subtract(b.scalar(period - repeated, DType.INT32), up));
  }

  /** The n-th true element of the mask takes value n; the others take a zero in front, which is not used. */
  private static GraphNode maskedScatter(Build b, GraphNode[] x) {
    Shape shape = x[0].spec().shape();
    int rank = x[1].spec().shape().rank();
    int count = (int) x[1].spec().shape().size();
    if (count == 0) {
      return x[0];
    }
    int[] block = Arrays.copyOfRange(shape.toArray(), rank, shape.rank());
    GraphNode mask = b.reshape(x[1], count);
    GraphNode values = b.cast(x[2], x[0].spec().dtype());
    Shape each = Axes.inserted(Shape.of(block), 0, values.spec().shape().dim(0));
    Spec zero = new Spec(Axes.resized(each, 0, 1), values.spec().dtype());
    GraphNode source = b.concatenate(0, b.zeros(zero), b.broadcast(values, each));
    GraphNode number = b.apply(new Scanning.Scan(Scanning.CUMSUM, 0, false, true), mask);
    GraphNode picked = b.take(source, b.mask(mask, number), 0);
    int[] column = Arrays.copyOf(x[1].spec().shape().toArray(), shape.rank());
    Arrays.fill(column, rank, column.length, 1);
    return b.where(b.reshape(mask, column), b.reshape(picked, shape), x[0]);
  }

  private static GraphNode addmm(Build b, Matrix.AddMM op, GraphNode[] x, Spec out) {
    GraphNode product = b.matmul(b.promote(x[1], out.dtype()), b.promote(x[2], out.dtype()));
    GraphNode scaled = op.alpha() == 1 ? product : b.multiply(product, op.alpha());
    if (op.beta() == 0) {
      return scaled;
    }
    GraphNode c = b.promote(x[0], out.dtype());
    return b.add(op.beta() == 1 ? c : b.multiply(c, op.beta()), scaled);
  }

  private static GraphNode clip(Build b, Converting.Clip op, GraphNode[] x) {
    GraphNode out = x[0];
    int next = 1;
    if (op.lower()) {
      out = b.maximum(out, x[next++]);
    }
    if (op.upper()) {
      out = b.minimum(out, x[next]);
    }
    return out;
  }

  private static GraphNode linspace(Build b, Creation.Linspace l) {
    if (l.num() == 1) {
      return b.reshape(b.scalar(l.start(), l.dtype()), 1);
    }
    DType dtype = l.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    GraphNode t = b.divide(b.arange(0, l.num(), dtype),
        b.scalar(l.endpoint() ? l.num() - 1 : l.num(), dtype));
    GraphNode rest = b.subtract(b.scalar(1, dtype), t);
    return b.cast(b.add(b.multiply(rest, l.start()), b.multiply(t, l.stop())), l.dtype());
  }
}
