package io.mlxlint.op;

/** Sorting along one axis. NaN sorts last. */
public enum Ordering implements Kind {
  SORT(DTypeRule.PROMOTE),
  ARGSORT(DTypeRule.INDEX),
  PARTITION(DTypeRule.PROMOTE),
  ARGPARTITION(DTypeRule.INDEX),
  TOPK(DTypeRule.PROMOTE),
  SEARCHSORTED(DTypeRule.INDEX);

  private final DTypeRule dtypes;

  Ordering(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** {@code SORT}, or {@code PARTITION} at {@code kth} (ignored when sorting; a full sort is a partition). */
  public record Sort(Ordering kind, int axis, int kth) implements Primitive {
    @Override
    public Spec infer(Spec... operands) {
      return check(kind, operands[0], axis, kth, operands[0].dtype());
    }
  }

  /** {@code ARGSORT}, or {@code ARGPARTITION} at {@code kth}: the indices that would sort, stable. */
  public record ArgSort(Ordering kind, int axis, int kth) implements Primitive {
    @Override
    public Spec infer(Spec... operands) {
      return check(kind, operands[0], axis, kth, DType.UINT32);
    }
  }

  /**
   * Operands a sorted vector, values: how many of its elements are smaller than each value, or with {@code
   * right} not larger.
   */
  public record SearchSorted(boolean right) implements Primitive {
    @Override
    public Kind kind() {
      return SEARCHSORTED;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (operands[0].shape().rank() != 1) {
        throw new IllegalArgumentException("searchsorted: the sorted array has shape " + operands[0].shape()
            + ", one dimension is needed");
      }
      return new Spec(operands[1].shape(), DType.UINT32);
    }
  }

  private static Spec check(Ordering kind, Spec x, int axis, int kth, DType result) {
    int a = Shapes.axis(kind.mlxName(), x.shape(), axis);
    int n = x.shape().dim(a);
    if (x.shape().size() == 0) {
      throw new IllegalArgumentException(kind.mlxName() + " of an array of size 0, shape " + x.shape());
    }
    if ((kind == PARTITION || kind == ARGPARTITION) && (kth < -n || kth >= n)) {
      throw new IllegalArgumentException(
          kind.mlxName() + ": kth " + kth + " is out of range for axis " + axis + " of shape " + x.shape());
    }
    return new Spec(x.shape(), result);
  }
}
