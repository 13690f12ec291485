package io.mlxlint.op;

/** Sorting along one axis. NaN sorts last. */
public enum Ordering implements Kind {
  SORT(DTypeRule.PROMOTE),
  ARGSORT(DTypeRule.INDEX),
  PARTITION(DTypeRule.PROMOTE),
  ARGPARTITION(DTypeRule.INDEX),
  TOPK(DTypeRule.PROMOTE);

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
