package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/** Mean, variance, standard deviation, median and the count of non-zeros, as MLX computes them. */
final class StatisticLowering {

  private StatisticLowering() {}

  static GraphNode lower(Build b, Reduction.Statistic op, GraphNode x, Spec out) {
    int[] axes = Axes.normalized(x.spec().shape(), op.axes());
    return switch (op.kind()) {
      case MEAN -> mean(b, x, axes, op.keepDims());
      case VAR -> variance(b, x, axes, op.keepDims(), op.ddof());
      case STD -> b.unary(Unary.SQRT, variance(b, x, axes, op.keepDims(), op.ddof()));
      case MEDIAN -> b.reshape(median(b, x, axes, out.dtype()), out.shape());
      case COUNT_NONZERO ->
          b.sum(b.cast(b.binary(Binary.NOT_EQUAL, x, b.like(0, x)), DType.INT32), axes, op.keepDims());
      case SUM, PROD, MAX, MIN, ALL, ANY, ARGMAX, ARGMIN ->
          throw new IllegalArgumentException(op.kind().mlxName() + " is no statistic");
    };
  }

  /** The sum times one over the count; integers are summed as integers. */
  static GraphNode mean(Build b, GraphNode x, int[] axes, boolean keepDims) {
    return b.multiply(floating(b, b.sum(x, axes, keepDims)), 1.0 / Axes.count(x.spec().shape(), axes));
  }

  private static GraphNode floating(Build b, GraphNode x) {
    return b.cast(x, x.spec().dtype().toInexact());
  }

  private static GraphNode variance(Build b, GraphNode x, int[] axes, boolean keepDims, int ddof) {
    GraphNode apart = b.subtract(floating(b, x), mean(b, x, axes, true));
    GraphNode squares = b.square(apart.spec().dtype().isComplex() ? b.unary(Unary.ABS, apart) : apart);
    if (ddof == 0) {
      return mean(b, squares, axes, keepDims);
    }
    GraphNode sum = b.sum(squares, axes, keepDims);
    return b.divide(sum, b.like(Math.max(0, Axes.count(x.spec().shape(), axes) - ddof), sum));
  }

  private static GraphNode median(Build b, GraphNode x, int[] axes, DType dtype) {
    Shape shape = x.spec().shape();
    int n = (int) Axes.count(shape, axes);
    int rest = (int) (shape.size() / n);
    if (rest == 0) {
      return b.cast(b.reshape(x, 0), dtype);
    }
    GraphNode flat = b.reshape(b.transpose(x, Axes.toBack(shape.rank(), axes)), rest, n);
    GraphNode sorted = b.apply(new Ordering.Sort(Ordering.SORT, 1, 0), flat);
    GraphNode middle = b.cast(b.slice(sorted, 1, n / 2, n / 2 + 1), dtype);
    if (n % 2 == 0) {
      GraphNode below = b.cast(b.slice(sorted, 1, n / 2 - 1, n / 2), dtype);
      middle = b.multiply(b.add(middle, below), 0.5);
    }
    // NaN sorts last, and one makes the whole median NaN.
    GraphNode last = b.cast(b.slice(sorted, 1, n - 1, n), dtype);
    return x.spec().dtype().isInexact() ? b.where(b.unary(Unary.ISNAN, last), last, middle) : middle;
  }
}
