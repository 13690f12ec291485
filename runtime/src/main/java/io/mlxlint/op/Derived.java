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
  /** Decided by the subscripts: without a sum over common labels integers stay. */
  EINSUM(DTypeRule.PROMOTE),
  VECDOT(DTypeRule.ACCUMULATE),
  GATHER_MM(DTypeRule.INEXACT_ONLY),
  SEGMENTED_MM(DTypeRule.FLOATING_ONLY),
  HADAMARD_TRANSFORM(DTypeRule.FLOATING),
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
