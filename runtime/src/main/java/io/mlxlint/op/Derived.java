package io.mlxlint.op;

/** Functions of MLX that the array API writes with other operations; no engine sees them. */
public enum Derived implements Kind {
  POSITIVE(DTypeRule.PROMOTE),
  DIVMOD(DTypeRule.PROMOTE_REAL),
  ISCLOSE(DTypeRule.BOOL),
  ALLCLOSE(DTypeRule.BOOL),
  ARRAY_EQUAL(DTypeRule.BOOL),
  NAN_TO_NUM(DTypeRule.PROMOTE),
  TRACE(DTypeRule.ACCUMULATE),
  DIFF(DTypeRule.PROMOTE),
  UNSTACK(DTypeRule.PROMOTE),
  INNER(DTypeRule.INEXACT_ONLY),
  OUTER(DTypeRule.PROMOTE),
  TENSORDOT(DTypeRule.INEXACT_ONLY),
  KRON(DTypeRule.PROMOTE),
  BROADCAST_ARRAYS(DTypeRule.PROMOTE),
  MESHGRID(DTypeRule.PROMOTE);

  private final DTypeRule dtypes;

  Derived(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }
}
