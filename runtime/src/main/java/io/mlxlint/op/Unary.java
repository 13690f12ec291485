package io.mlxlint.op;

/** Element-wise operations on one array; the result has the operand's shape. */
public enum Unary implements Kind, Elementwise {
  ABS(DTypeRule.REAL_PART),
  NEGATIVE(DTypeRule.PROMOTE_NUMBER),
  SIGN(DTypeRule.PROMOTE),
  SQUARE(DTypeRule.PROMOTE),
  FLOOR(DTypeRule.PROMOTE_REAL),
  CEIL(DTypeRule.PROMOTE_REAL),
  TRUNC(DTypeRule.PROMOTE_REAL),
  /** Rounds half to even. */
  ROUND(DTypeRule.PROMOTE),
  RECIPROCAL(DTypeRule.INEXACT),
  SQRT(DTypeRule.INEXACT),
  RSQRT(DTypeRule.INEXACT),
  EXP(DTypeRule.INEXACT),
  EXPM1(DTypeRule.FLOATING),
  LOG(DTypeRule.INEXACT),
  LOG2(DTypeRule.INEXACT),
  LOG10(DTypeRule.INEXACT),
  LOG1P(DTypeRule.INEXACT),
  SIN(DTypeRule.INEXACT),
  COS(DTypeRule.INEXACT),
  TAN(DTypeRule.INEXACT),
  ARCSIN(DTypeRule.INEXACT),
  ARCCOS(DTypeRule.INEXACT),
  ARCTAN(DTypeRule.INEXACT),
  SINH(DTypeRule.INEXACT),
  COSH(DTypeRule.INEXACT),
  TANH(DTypeRule.INEXACT),
  ARCSINH(DTypeRule.INEXACT),
  ARCCOSH(DTypeRule.INEXACT),
  ARCTANH(DTypeRule.INEXACT),
  SIGMOID(DTypeRule.FLOATING),
  ERF(DTypeRule.FLOATING),
  ERFINV(DTypeRule.FLOATING),
  DEGREES(DTypeRule.INEXACT),
  RADIANS(DTypeRule.INEXACT),
  LOGICAL_NOT(DTypeRule.BOOL),
  BITWISE_INVERT(DTypeRule.INTEGRAL),
  ISNAN(DTypeRule.BOOL),
  ISINF(DTypeRule.BOOL),
  ISFINITE(DTypeRule.BOOL),
  ISPOSINF(DTypeRule.BOOL),
  ISNEGINF(DTypeRule.BOOL),
  /** The real part; a real array as it is. */
  REAL(DTypeRule.REAL_PART),
  /** The imaginary part; zeros for a real array. */
  IMAG(DTypeRule.REAL_PART),
  /** The imaginary part with the other sign; a real array as it is. */
  CONJUGATE(DTypeRule.PROMOTE),
  /** The identity whose gradient is zero. */
  STOP_GRADIENT(DTypeRule.PROMOTE);

  private final DTypeRule dtypes;

  Unary(DTypeRule dtypes) {
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

  @Override
  public Spec infer(Spec... operands) {
    Spec x = operands[0];
    return x.as(dtypes.apply(this, x.dtype()));
  }
}
