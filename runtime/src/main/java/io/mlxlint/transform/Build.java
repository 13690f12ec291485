package io.mlxlint.transform;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes primitive nodes on one stream. Methods return their operand where the operation would change
 * nothing.
 *
 * <p>The nodes belong to the builder, which lets go of them when it is closed; {@link #keep} gives one away.
 */
final class Build implements AutoCloseable {
  private final Graph graph;
  private int stream;
  private final List<GraphNode> made = new ArrayList<>();
  /** By value and dtype; {@code null} as long as there are none, which is most often. */
  private Map<Literal, GraphNode> scalars;

  private record Literal(double value, DType dtype) {}

  Build(Graph graph, int stream) {
    this.graph = graph;
    this.stream = stream;
  }

  /** From now on nodes are made on this stream. */
  void on(int stream) {
    this.stream = stream;
  }

  /** One reference on {@code node} for the caller. */
  GraphNode keep(GraphNode node) {
    graph.retain(node);
    return node;
  }

  /** The builder gives up {@code node} when it is closed. */
  GraphNode own(GraphNode node) {
    made.add(node);
    return node;
  }

  @Override
  public void close() {
    for (GraphNode node : made) {
      graph.release(node);
    }
    made.clear();
    scalars = null;
  }

  /** The primitives of any operation. */
  GraphNode apply(Op op, GraphNode... operands) {
    return Lowering.lower(this, op, operands, op.infer(specs(operands)));
  }

  /** The primitive as it is; operands must be cast and broadcast. */
  GraphNode append(Primitive op, Spec result, GraphNode... operands) {
    return own(graph.append(op, operands, result, stream));
  }

  /** As {@link #append} with the result inferred. */
  GraphNode append(Primitive op, GraphNode... operands) {
    return append(op, op.infer(specs(operands)), operands);
  }

  GraphNode[] play(Tape tape, GraphNode... inputs) {
    GraphNode[] out = tape.play(graph, inputs);
    for (GraphNode node : out) {
      own(node);
    }
    return out;
  }

  static Spec[] specs(GraphNode[] nodes) {
    Spec[] out = new Spec[nodes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = nodes[i].spec();
    }
    return out;
  }

  // Constants

  GraphNode scalar(double value, DType dtype) {
    if (scalars == null) {
      scalars = new HashMap<>();
    }
    return scalars.computeIfAbsent(new Literal(value, dtype),
        l -> own(Constants.scalar(graph, l.value, l.dtype)));
  }

  /** The square root of -1. */
  GraphNode imaginaryUnit() {
    return own(Constants.imaginaryUnit(graph));
  }

  /** A float32 constant. */
  GraphNode vector(float... values) {
    return own(Constants.vector(graph, values));
  }

  /** A scalar of x's dtype. */
  GraphNode like(double value, GraphNode x) {
    return scalar(value, x.spec().dtype());
  }

  GraphNode full(double value, Spec spec) {
    return broadcast(scalar(value, spec.dtype()), spec.shape());
  }

  GraphNode zeros(Spec spec) {
    return full(0, spec);
  }

  GraphNode arange(int start, int n, DType dtype) {
    return append(new Creation.Arange(start, start + n, 1, dtype), new Spec(Shape.of(n), dtype));
  }

  // Conversions

  GraphNode cast(GraphNode x, DType dtype) {
    return x.spec().dtype() == dtype
        ? x
        : append(new Converting.AsType(dtype), new Spec(x.spec().shape(), dtype), x);
  }

  /** As {@link #cast}, but counted if it widens a half. */
  GraphNode promote(GraphNode x, DType dtype) {
    countUpcast(x, dtype);
    return cast(x, dtype);
  }

  /** Counts the promotion of x to {@code dtype} if it widens a half. */
  void countUpcast(GraphNode x, DType dtype) {
    if (x.spec().dtype().isHalf() && dtype.isInexact() && !dtype.isHalf()) {
      graph.countUpcast();
    }
  }

  GraphNode broadcast(GraphNode x, Shape shape) {
    return x.spec().shape().equals(shape)
        ? x
        : append(new Shaping.BroadcastTo(shape), new Spec(shape, x.spec().dtype()), x);
  }

  GraphNode reshape(GraphNode x, Shape shape) {
    return x.spec().shape().equals(shape)
        ? x
        : append(new Shaping.Reshape(shape.toArray()), new Spec(shape, x.spec().dtype()), x);
  }

  GraphNode reshape(GraphNode x, int... shape) {
    return reshape(x, Shape.of(shape));
  }

  GraphNode expand(GraphNode x, int axis) {
    return reshape(x, Axes.inserted(x.spec().shape(), axis, 1));
  }

  GraphNode transpose(GraphNode x, int... axes) {
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != i) {
        return append(new Shaping.Transpose(axes), x);
      }
    }
    return x;
  }

  /** The last two dimensions exchanged. */
  GraphNode swapLast(GraphNode x) {
    int[] axes = Axes.range(x.spec().shape().rank());
    axes[axes.length - 1] = axes.length - 2;
    axes[axes.length - 2] = axes.length - 1;
    return transpose(x, axes);
  }

  /** The same values as a node of its own, which nothing merges or leaves out. */
  GraphNode copy(GraphNode x) {
    return append(new Shaping.Transpose(Axes.range(x.spec().shape().rank())), x.spec(), x);
  }

  /** As {@link #copy}, but not seen before {@code others} (nulls left out) are computed. */
  GraphNode after(GraphNode x, GraphNode... others) {
    List<GraphNode> operands = new ArrayList<>(List.of(x));
    for (GraphNode other : others) {
      if (other != null) {
        operands.add(other);
      }
    }
    // a transposition looks at its first operand only
    return append(new Shaping.Transpose(Axes.range(x.spec().shape().rank())), x.spec(),
        operands.toArray(GraphNode[]::new));
  }

  /** From {@code start} to {@code stop} along one axis. */
  GraphNode slice(GraphNode x, int axis, int start, int stop) {
    return slice(x, axis, start, stop, 1);
  }

  GraphNode slice(GraphNode x, int axis, int start, int stop, int stride) {
    Shape shape = x.spec().shape();
    int a = shape.axis(axis);
    if (start == 0 && stop == shape.dim(a) && stride == 1) {
      return x;
    }
    int[] from = new int[shape.rank()];
    int[] to = shape.toArray();
    int[] by = Axes.ones(shape.rank());
    from[a] = start;
    to[a] = stop;
    by[a] = stride;
    return append(new Slice(from, to, by), x);
  }

  /** The elements along {@code axis} that a vector of indices names. */
  GraphNode take(GraphNode x, GraphNode indices, int axis) {
    int[] sizes = x.spec().shape().toArray();
    sizes[axis] = 1;
    GraphNode picked = apply(new Indexing.Gather(new int[] {axis}, sizes), x, indices);
    int n = indices.spec().shape().dim(0);
    int[] axes = new int[sizes.length + 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i < axis ? i + 1 : i == axis ? 0 : i;
    }
    return reshape(transpose(picked, axes), Axes.resized(x.spec().shape(), axis, n));
  }

  GraphNode concatenate(int axis, GraphNode... parts) {
    return apply(new Shaping.Concatenate(axis), parts);
  }

  // Arithmetic; operands broadcast and have one dtype unless said otherwise

  GraphNode unary(Unary op, GraphNode x) {
    return apply(op, x);
  }

  GraphNode binary(Binary op, GraphNode a, GraphNode b) {
    return apply(op, a, b);
  }

  GraphNode add(GraphNode a, GraphNode b) {
    return apply(Binary.ADD, a, b);
  }

  GraphNode subtract(GraphNode a, GraphNode b) {
    return apply(Binary.SUBTRACT, a, b);
  }

  GraphNode multiply(GraphNode a, GraphNode b) {
    return apply(Binary.MULTIPLY, a, b);
  }

  GraphNode multiply(GraphNode a, double b) {
    return apply(Binary.MULTIPLY, a, like(b, a));
  }

  GraphNode divide(GraphNode a, GraphNode b) {
    return apply(Binary.DIVIDE, a, b);
  }

  GraphNode maximum(GraphNode a, GraphNode b) {
    return apply(Binary.MAXIMUM, a, b);
  }

  GraphNode minimum(GraphNode a, GraphNode b) {
    return apply(Binary.MINIMUM, a, b);
  }

  GraphNode negative(GraphNode x) {
    return apply(Unary.NEGATIVE, x);
  }

  /** A real x is its own conjugate. */
  GraphNode conjugate(GraphNode x) {
    return apply(Unary.CONJUGATE, x);
  }

  GraphNode square(GraphNode x) {
    return apply(Unary.SQUARE, x);
  }

  GraphNode exp(GraphNode x) {
    return apply(Unary.EXP, x);
  }

  GraphNode log(GraphNode x) {
    return apply(Unary.LOG, x);
  }

  GraphNode where(GraphNode condition, GraphNode x, GraphNode y) {
    return apply(new Converting.Where(), condition, x, y);
  }

  /** x where the condition holds, zero elsewhere. */
  GraphNode mask(GraphNode condition, GraphNode x) {
    return where(condition, x, like(0, x));
  }

  GraphNode matmul(GraphNode a, GraphNode b) {
    return apply(new Matrix.Matmul(), a, b);
  }

  GraphNode sum(GraphNode x, int[] axes, boolean keepDims) {
    return apply(new Reduction.Reduce(Reduction.SUM, axes, keepDims), x);
  }

  /** Sums what broadcasting repeated, so that the result has {@code shape}. */
  GraphNode unbroadcast(GraphNode x, Shape shape) {
    Shape from = x.spec().shape();
    if (from.equals(shape)) {
      return x;
    }
    int[] axes = Axes.repeated(shape, from);
    GraphNode summed = axes.length == 0 ? x : sum(x, axes, true);
    return reshape(cast(summed, x.spec().dtype()), shape);
  }
}
