package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shape;
import io.mlxlint.transform.Gradients.Step;

/** Vector-Jacobian products of running results. */
final class ScanningGradients {

  private ScanningGradients() {}

  static GraphNode scan(Scanning.Scan op, Step s) {
    return switch (op.kind()) {
      case CUMSUM -> back(s.b(), op, Scanning.CUMSUM, s.g());
      case CUMPROD -> product(op, s);
      case CUMMAX, CUMMIN -> extreme(op, s);
      case LOGCUMSUMEXP -> logSumExp(op, s);
    };
  }

  /** The scan in the other direction. */
  private static GraphNode back(Build b, Scanning.Scan op, Scanning kind, GraphNode x) {
    return b.apply(new Scanning.Scan(kind, op.axis(), !op.reverse(), op.inclusive()), x);
  }

  /**
   * Before the first zero, the usual quotient; at it, the same with that zero taken for a one; behind it,
   * nothing, since each product there keeps the zero.
   */
  private static GraphNode product(Scanning.Scan op, Step s) {
    Build b = s.b();
    GraphNode x = b.conjugate(s.x()[0]);
    GraphNode isZero = b.binary(Binary.EQUAL, x, b.like(0, x));
    GraphNode zeros = b.apply(new Scanning.Scan(Scanning.CUMSUM, op.axis(), op.reverse(), true),
        b.cast(isZero, DType.INT32));
    GraphNode before = b.binary(Binary.EQUAL, zeros, b.like(0, zeros));
    GraphNode first = b.binary(Binary.LOGICAL_AND, isZero, b.binary(Binary.EQUAL, zeros, b.like(1, zeros)));

    GraphNode divisor = b.where(before, x, b.like(1, x));
    GraphNode usual = b.divide(back(b, op, Scanning.CUMSUM, b.multiply(s.g(), b.conjugate(s.y()))), divisor);
    GraphNode filled = b.where(first, b.like(1, x), x);
    GraphNode atFirst = back(b, op, Scanning.CUMSUM, b.multiply(s.g(), b.apply(op, filled)));
    return b.where(before, usual, b.mask(first, atFirst));
  }

  /** Each result's gradient goes to the element it is, the last such one so far. */
  private static GraphNode extreme(Scanning.Scan op, Step s) {
    Build b = s.b();
    GraphNode x = s.x()[0];
    Shape shape = s.shape(0);
    int axis = op.axis();
    int n = shape.dim(axis);
    if (n == 0) {
      return s.g();
    }
    GraphNode running = op.inclusive()
        ? s.y()
        : b.apply(new Scanning.Scan(op.kind(), axis, op.reverse(), true), x);
    int[] column = Axes.ones(shape.rank());
    column[axis] = n;
    GraphNode here = b.broadcast(b.reshape(b.arange(0, n, DType.INT32), column), shape);
    GraphNode hit = b.binary(Binary.EQUAL, x, running);
    // positions grow in the direction of the scan
    GraphNode none = b.scalar(op.reverse() ? n - 1 : 0, DType.INT32);
    Scanning latest = op.reverse() ? Scanning.CUMMIN : Scanning.CUMMAX;
    GraphNode at = b.apply(new Scanning.Scan(latest, axis, op.reverse(), true), b.where(hit, here, none));
    GraphNode g = s.g();
    if (!op.inclusive()) {
      // result i is the running value before i; the first one depends on nothing
      at = op.reverse() ? b.slice(at, axis, 1, n) : b.slice(at, axis, 0, n - 1);
      g = op.reverse() ? b.slice(g, axis, 0, n - 1) : b.slice(g, axis, 1, n);
    }
    return b.apply(new Indexing.PutAlongAxis(Indexing.Mode.ADD, axis), b.zeros(x.spec()), at, g);
  }

  /**
   * Element k's share of result i is exp(x[k] - y[i]), never above one. All pairs are written out: quadratic
   * in the length, but neither overflowing nor bound to the gradient's sign.
   */
  private static GraphNode logSumExp(Scanning.Scan op, Step s) {
    Build b = s.b();
    int axis = op.axis();
    int n = s.shape(0).dim(axis);
    GraphNode k = b.reshape(b.arange(0, n, DType.INT32), pairs(s.shape(0).rank(), axis, n, 1));
    GraphNode i = b.reshape(b.arange(0, n, DType.INT32), pairs(s.shape(0).rank(), axis, 1, n));
    Binary order = op.inclusive()
        ? op.reverse() ? Binary.GREATER_EQUAL : Binary.LESS_EQUAL
        : op.reverse() ? Binary.GREATER : Binary.LESS;
    GraphNode difference = b.subtract(b.expand(s.x()[0], axis + 1), b.expand(s.y(), axis));
    GraphNode share = b.exp(b.where(b.binary(order, k, i), difference,
        b.like(Double.NEGATIVE_INFINITY, s.g())));
    return b.sum(b.multiply(share, b.expand(s.g(), axis)), new int[] {axis + 1}, false);
  }

  /** All dimensions 1 but two in the place of {@code axis}. */
  private static int[] pairs(int rank, int axis, int first, int second) {
    int[] dims = Axes.ones(rank + 1);
    dims[axis] = first;
    dims[axis + 1] = second;
    return dims;
  }
}
