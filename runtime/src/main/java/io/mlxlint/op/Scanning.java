package io.mlxlint.op;

/** Running results along one axis. */
public enum Scanning implements Kind {
  CUMSUM(DTypeRule.CUMULATE),
  CUMPROD(DTypeRule.PROMOTE),
  CUMMAX(DTypeRule.PROMOTE),
  CUMMIN(DTypeRule.PROMOTE),
  LOGCUMSUMEXP(DTypeRule.PROMOTE);

  private final DTypeRule dtypes;

  Scanning(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** From the end if {@code reverse}; leaving the own element out unless {@code inclusive}. */
  public record Scan(Scanning kind, int axis, boolean reverse, boolean inclusive) implements Primitive {
    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      Shapes.axis(kind.mlxName(), x.shape(), axis);
      if (x.shape().size() == 0) {
        throw new IllegalArgumentException(kind.mlxName() + " of an array of size 0, shape " + x.shape());
      }
      return new Spec(x.shape(), kind.dtypes.apply(kind, x.dtype()));
    }
  }
}
