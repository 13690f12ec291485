package io.mlxlint.op;

import java.util.Arrays;

/** Operations that take dimensions away. An axes array of {@code null} means all of them. */
public enum Reduction implements Kind {
  SUM(DTypeRule.ACCUMULATE),
  PROD(DTypeRule.ACCUMULATE),
  MAX(DTypeRule.PROMOTE),
  MIN(DTypeRule.PROMOTE),
  ALL(DTypeRule.BOOL),
  ANY(DTypeRule.BOOL),
  ARGMAX(DTypeRule.INDEX),
  ARGMIN(DTypeRule.INDEX),
  MEAN(DTypeRule.INEXACT),
  VAR(DTypeRule.DEVIATION),
  STD(DTypeRule.DEVIATION),
  MEDIAN(DTypeRule.INEXACT),
  COUNT_NONZERO(DTypeRule.COUNT);

  private final DTypeRule dtypes;

  Reduction(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** Sum, product, extremes and logical reductions over {@code axes}. */
  public record Reduce(Reduction kind, int[] axes, boolean keepDims) implements Primitive {
    public Reduce {
      switch (kind) {
        case SUM, PROD, MAX, MIN, ALL, ANY -> { }
        case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
            throw new IllegalArgumentException(kind + " is not a plain reduction");
      }
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int[] over = Shapes.axes(kind.mlxName(), x.shape(), axes);
      if ((kind == MAX || kind == MIN) && isEmptyAlong(x.shape(), over)) {
        throw new IllegalArgumentException(kind.mlxName() + " of an array of size 0, shape " + x.shape());
      }
      return new Spec(Shapes.reduced(x.shape(), over, keepDims),
          kind.dtypes.apply(kind, x.dtype()));
    }
  }

  /** The index of the largest or smallest element along {@code axis}, the first one on ties. */
  public record ArgReduce(Reduction kind, int axis, boolean keepDims) implements Primitive {
    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int[] over = {Shapes.axis(kind.mlxName(), x.shape(), axis)};
      if (x.shape().size() == 0) {
        throw new IllegalArgumentException(kind.mlxName() + " of an array of size 0, shape " + x.shape());
      }
      return new Spec(Shapes.reduced(x.shape(), over, keepDims), DType.UINT32);
    }
  }

  /** Mean, variance and standard deviation ({@code ddof} degrees less), median, count of non-zeros. */
  public record Statistic(Reduction kind, int[] axes, boolean keepDims, int ddof) implements Composite {
    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int[] over = Shapes.axes(kind.mlxName(), x.shape(), axes);
      boolean isOfNone = over.length == 0 && x.shape().rank() > 0 || isEmptyAlong(x.shape(), over);
      if (kind == MEDIAN && isOfNone) {
        throw new IllegalArgumentException("median of no elements, over axes " + Arrays.toString(over)
            + " of shape " + x.shape());
      }
      return new Spec(Shapes.reduced(x.shape(), over, keepDims),
          kind.dtypes.apply(kind, x.dtype()));
    }
  }

  private static boolean isEmptyAlong(Shape shape, int[] axes) {
    for (int a : axes) {
      if (shape.dim(a) == 0) {
        return true;
      }
    }
    return false;
  }
}
