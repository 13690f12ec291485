package io.mlxlint.op;

/** Element-wise operations on two arrays, broadcast against each other. */
public enum Binary implements Kind, Elementwise {
  ADD(DTypeRule.PROMOTE),
  SUBTRACT(DTypeRule.PROMOTE),
  MULTIPLY(DTypeRule.PROMOTE),
  /** True division: integers give float32. */
  DIVIDE(DTypeRule.INEXACT),
  /** Integers truncate toward zero; division by zero is an {@link ArithmeticException} at evaluation. */
  FLOOR_DIVIDE(DTypeRule.PROMOTE_REAL),
  /** Takes the sign of the divisor. */
  REMAINDER(DTypeRule.PROMOTE_REAL),
  POWER(DTypeRule.PROMOTE),
  MAXIMUM(DTypeRule.PROMOTE),
  MINIMUM(DTypeRule.PROMOTE),
  LOGADDEXP(DTypeRule.INEXACT),
  ARCTAN2(DTypeRule.FLOATING),
  EQUAL(DTypeRule.BOOL),
  NOT_EQUAL(DTypeRule.BOOL),
  LESS(DTypeRule.BOOL),
  LESS_EQUAL(DTypeRule.BOOL),
  GREATER(DTypeRule.BOOL),
  GREATER_EQUAL(DTypeRule.BOOL),
  LOGICAL_AND(DTypeRule.BOOL),
  LOGICAL_OR(DTypeRule.BOOL),
  LOGICAL_XOR(DTypeRule.BOOL),
  BITWISE_AND(DTypeRule.INTEGRAL),
  BITWISE_OR(DTypeRule.INTEGRAL),
  BITWISE_XOR(DTypeRule.INTEGRAL),
  LEFT_SHIFT(DTypeRule.SHIFT),
  RIGHT_SHIFT(DTypeRule.SHIFT);

  private final DTypeRule dtypes;

  Binary(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  @Override
  public Kind kind() {
    return this;
  }

  /** The dtype that both operands are cast to before the operation. */
  public DType operandDType(DType a, DType b) {
    return dtypes == DTypeRule.BOOL ? DType.promote(a, b) : dtypes.apply(this, a, b);
  }

  @Override
  public Spec infer(Spec... operands) {
    Spec a = operands[0];
    Spec b = operands[1];
    DType dtype = dtypes.apply(this, a.dtype(), b.dtype());
    return a.shape().equals(b.shape()) ? a.as(dtype)
        : new Spec(Shapes.broadcast(mlxName(), a.shape(), b.shape()), dtype);
  }
}
