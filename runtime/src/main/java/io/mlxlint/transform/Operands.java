package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DTypeRule;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.util.Arrays;

/**
 * Brings a primitive into the form that kernels and gradients know: operands of the dtype that is computed in
 * and of one shape, axes non-negative and spelled out, matrices of equal rank.
 */
final class Operands {

  private Operands() {}

  static GraphNode lower(Build b, Primitive op, GraphNode[] x, Spec out) {
    return switch (op) {
      case Unary u -> unary(b, u, x[0], out);
      case Binary k -> binary(b, k, x, out);
      case Reduction.Reduce r -> reduce(b, r, x[0], out);
      case Reduction.ArgReduce r ->
          b.append(new Reduction.ArgReduce(r.kind(), axis(x[0], r.axis()), r.keepDims()), out, x[0]);
      case Scanning.Scan s -> b.append(
          new Scanning.Scan(s.kind(), axis(x[0], s.axis()), s.reverse(), s.inclusive()),
          out, b.cast(x[0], out.dtype()));
      case Ordering.Sort s ->
          b.append(new Ordering.Sort(s.kind(), axis(x[0], s.axis()), kth(x[0], s.axis(), s.kth())), out,
              x[0]);
      case Ordering.ArgSort s ->
          b.append(new Ordering.ArgSort(s.kind(), axis(x[0], s.axis()), kth(x[0], s.axis(), s.kth())), out,
              x[0]);
      case Ordering.SearchSorted s -> {
        DType common = DType.promote(x[0].spec().dtype(), x[1].spec().dtype());
        yield b.append(s, out, b.promote(x[0], common), b.promote(x[1], common));
      }
      case Shaping.Reshape r -> b.reshape(x[0], out.shape());
      case Shaping.Transpose t -> b.transpose(x[0], t.axes());
      case Shaping.BroadcastTo t -> b.broadcast(x[0], t.shape());
      case Slice s -> isWhole(s, x[0].spec().shape()) ? x[0] : b.append(s, out, x[0]);
      case Slice.Update s ->
          b.append(s, out, x[0], b.broadcast(b.cast(x[1], out.dtype()), s.slice().taken()));
      case Shaping.Concatenate c -> concatenate(b, c, x, out);
      case Shaping.Pad p -> out.shape().equals(x[0].spec().shape())
          ? x[0]
          : b.append(p, out, x[0], b.reshape(b.cast(x[1], out.dtype()), Shape.SCALAR));
      case DynamicSlice d -> b.append(
          new DynamicSlice(Axes.ordered(x[0].spec().shape(), d.axes()), d.sizes()), out, x[0],
          vector(b, x[1]));
      case DynamicSlice.Update d -> b.append(
          new DynamicSlice.Update(Axes.ordered(x[0].spec().shape(), d.axes())), out, x[0],
          b.broadcast(b.cast(x[1], out.dtype()), d.place(out.shape(), x[1].spec().shape())),
          vector(b, x[2]));
      case Layout.AsStrided s -> b.append(s, out, x[0]);
      case Layout.Contiguous c -> b.append(c, out, x[0]);
      case Indexing.Gather g -> b.append(g, out, indexed(b, x, 1));
      case Indexing.Scatter s -> {
        GraphNode[] operands = indexed(b, x, 2);
        operands[1] = b.cast(x[1], out.dtype());
        yield b.append(s, out, operands);
      }
      case Indexing.TakeAlongAxis t -> takeAlongAxis(b, axis(x[0], t.axis()), x, out);
      case Indexing.PutAlongAxis p -> putAlongAxis(b, p, x, out);
      case Matrix.Matmul m -> matmul(b, m, b.promote(x[0], out.dtype()), b.promote(x[1], out.dtype()), out);
      case Converting.Where w -> b.append(w, out,
          b.broadcast(b.cast(x[0], DType.BOOL), out.shape()),
          b.broadcast(b.promote(x[1], out.dtype()), out.shape()),
          b.broadcast(b.promote(x[2], out.dtype()), out.shape()));
      case Converting.AsType t -> b.cast(x[0], t.dtype());
      case Converting.View v -> v.dtype() == x[0].spec().dtype() ? x[0] : b.append(v, out, x[0]);
      case Creation.Arange a -> b.append(a, out);
      case Fusing.Softmax s -> softmax(b, s, x[0], out);
      case Fusing.LogSumExp l -> logSumExp(b, l, x[0], out);
      case Sampling.Bits s -> b.append(s, out, x[0]);
      case Fused _ -> throw Fused.misplaced();
    };
  }

  private static int axis(GraphNode x, int axis) {
    return x.spec().shape().axis(axis);
  }

  private static int kth(GraphNode x, int axis, int kth) {
    return kth < 0 ? kth + x.spec().shape().dim(axis(x, axis)) : kth;
  }

  private static GraphNode vector(Build b, GraphNode x) {
    return b.reshape(x, (int) x.spec().shape().size());
  }

  private static GraphNode unary(Build b, Unary op, GraphNode x, Spec out) {
    boolean rounds = op == Unary.FLOOR || op == Unary.CEIL || op == Unary.TRUNC || op == Unary.ROUND;
    if (rounds && !x.spec().dtype().isInexact()) {
      return x;
    }
    if (!x.spec().dtype().isComplex()) {
      if (op == Unary.REAL || op == Unary.CONJUGATE) {
        return x;
      }
      if (op == Unary.IMAG) {
        return b.zeros(out);
      }
    }
    boolean casts = op.dtypes() == DTypeRule.INEXACT || op.dtypes() == DTypeRule.FLOATING;
    return b.append(op, out, !rounds && casts ? b.cast(x, out.dtype()) : x);
  }

  private static GraphNode binary(Build b, Binary op, GraphNode[] x, Spec out) {
    DType dtype = op.dtypes() == DTypeRule.BOOL
        ? op.operandDType(x[0].spec().dtype(), x[1].spec().dtype())
        : out.dtype();
    return b.append(op, out, b.broadcast(b.promote(x[0], dtype), out.shape()),
        b.broadcast(b.promote(x[1], dtype), out.shape()));
  }

  private static GraphNode reduce(Build b, Reduction.Reduce op, GraphNode x, Spec out) {
    boolean sums = op.kind() == Reduction.SUM || op.kind() == Reduction.PROD;
    GraphNode operand = sums ? b.cast(x, out.dtype()) : x;
    int[] axes = Axes.normalized(x.spec().shape(), op.axes());
    return axes.length == 0
        ? b.cast(operand, out.dtype())
        : b.append(new Reduction.Reduce(op.kind(), axes, op.keepDims()), out, operand);
  }

  private static GraphNode softmax(Build b, Fusing.Softmax op, GraphNode x, Spec out) {
    int[] axes = Axes.normalized(out.shape(), op.axes());
    if (x.spec().dtype().isComplex() && out.shape().size() > 0) {
      GraphNode e = b.exp(b.subtract(x, max(b, x, axes)));
      return b.divide(e, b.sum(e, axes, true));
    }
    return b.append(new Fusing.Softmax(axes, op.precise()), out, b.cast(x, out.dtype()));
  }

  private static GraphNode logSumExp(Build b, Fusing.LogSumExp op, GraphNode x, Spec out) {
    int[] axes = Axes.normalized(x.spec().shape(), op.axes());
    if (x.spec().dtype().isComplex()) {
      GraphNode max = max(b, x, axes);
      GraphNode sum = b.sum(b.exp(b.subtract(x, max)), axes, true);
      return b.reshape(b.add(b.log(sum), max), out.shape());
    }
    return b.append(new Fusing.LogSumExp(axes, op.keepDims()), out, b.cast(x, out.dtype()));
  }

  private static GraphNode max(Build b, GraphNode x, int[] axes) {
    GraphNode max = b.apply(new Reduction.Reduce(Reduction.MAX, axes, true), x);
    return b.unary(Unary.STOP_GRADIENT, max);
  }

  private static boolean isWhole(Slice s, Shape shape) {
    for (int i = 0; i < shape.rank(); i++) {
      if (s.start()[i] != 0 || s.stop()[i] != shape.dim(i) || s.stride()[i] != 1) {
        return false;
      }
    }
    return true;
  }

  private static GraphNode concatenate(Build b, Shaping.Concatenate op, GraphNode[] x, Spec out) {
    if (x.length == 1) {
      return x[0];
    }
    GraphNode[] parts = new GraphNode[x.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = b.promote(x[i], out.dtype());
    }
    return b.append(new Shaping.Concatenate(axis(x[0], op.axis())), out, parts);
  }

  /** The index operands from {@code first} on broadcast to one shape. */
  private static GraphNode[] indexed(Build b, GraphNode[] x, int first) {
    Shape shape = Shape.SCALAR;
    for (int i = first; i < x.length; i++) {
      shape = Shape.broadcast(shape, x[i].spec().shape());
    }
    GraphNode[] out = x.clone();
    for (int i = first; i < x.length; i++) {
      out[i] = b.broadcast(x[i], shape);
    }
    return out;
  }

  private static GraphNode takeAlongAxis(Build b, int axis, GraphNode[] x, Spec out) {
    Shape from = Axes.resized(out.shape(), axis, x[0].spec().shape().dim(axis));
    return b.append(new Indexing.TakeAlongAxis(axis), out, b.broadcast(x[0], from),
        b.broadcast(x[1], out.shape()));
  }

  private static GraphNode putAlongAxis(Build b, Indexing.PutAlongAxis op, GraphNode[] x, Spec out) {
    int axis = axis(x[0], op.axis());
    Shape at = Axes.resized(out.shape(), axis, x[1].spec().shape().dim(axis));
    return b.append(new Indexing.PutAlongAxis(op.mode(), axis), out, x[0], b.broadcast(x[1], at),
        b.broadcast(b.cast(x[2], out.dtype()), at));
  }

  /** Vectors become matrices, and a batch against one matrix becomes one tall product. */
  private static GraphNode matmul(Build b, Matrix.Matmul op, GraphNode left, GraphNode right, Spec out) {
    Shape ls = left.spec().shape();
    Shape rs = right.spec().shape();
    GraphNode a = ls.rank() == 1 ? b.reshape(left, 1, ls.dim(0)) : left;
    GraphNode c = rs.rank() == 1 ? b.reshape(right, rs.dim(0), 1) : right;
    int inner = ls.dim(-1);
    int columns = c.spec().shape().dim(-1);
    if (c.spec().shape().rank() == 2 && inner > 0) {
      a = b.reshape(a, (int) (a.spec().shape().size() / inner), inner);
    } else {
      int[] batch = out.shape().toArray();
      batch = Arrays.copyOf(batch, batch.length - (ls.rank() > 1 ? 1 : 0) - (rs.rank() > 1 ? 1 : 0));
      a = b.broadcast(a, with(batch, a.spec().shape()));
      c = b.broadcast(c, with(batch, c.spec().shape()));
    }
    int[] dims = a.spec().shape().toArray();
    dims[dims.length - 1] = columns;
    return b.reshape(b.append(op, new Spec(Shape.of(dims), out.dtype()), a, c), out.shape());
  }

  private static Shape with(int[] batch, Shape matrix) {
    int[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = matrix.dim(-2);
    dims[batch.length + 1] = matrix.dim(-1);
    return Shape.of(dims);
  }
}
