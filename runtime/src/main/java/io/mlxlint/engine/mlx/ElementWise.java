package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.lang.foreign.MemorySegment;

/**
 * The element-wise operations: one line, one function of MLX. Most operations of a program are of these and
 * take nothing but their operands, so they go without a {@link Call}.
 */
final class ElementWise {

  private ElementWise() {}

  static MlxNode unary(Unary op, Node x, Spec result, Fault fault, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try (HandleUse _ = scratch.useHandles()) {
      MemorySegment res = scratch.out();
      unary(op, res, MlxEngine.own(x).array(), stream);
      return new MlxNode(Scratch.handle(res), result, fault);
    } finally {
      scratch.reset(mark);
    }
  }

  static MlxNode binary(Binary op, Node[] operands, Spec result, Fault fault, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try (HandleUse _ = scratch.useHandles()) {
      MemorySegment res = scratch.out();
      long a = MlxEngine.own(operands[0]).array();
      long b = MlxEngine.own(operands[1]).array();
      binary(op, res, a, b, stream);
      return new MlxNode(Scratch.handle(res), result, fault);
    } finally {
      scratch.reset(mark);
    }
  }

  private static void unary(Unary op, MemorySegment res, long x, long s) {
    switch (op) {
      case ABS -> Mlxc.mlx_abs(res, x, s);
      case NEGATIVE -> Mlxc.mlx_negative(res, x, s);
      case SIGN -> Mlxc.mlx_sign(res, x, s);
      case SQUARE -> Mlxc.mlx_square(res, x, s);
      case FLOOR -> Mlxc.mlx_floor(res, x, s);
      case CEIL -> Mlxc.mlx_ceil(res, x, s);
      case TRUNC -> Mlxc.mlx_trunc(res, x, s);
      case ROUND -> Mlxc.mlx_round(res, x, 0, s);
      case RECIPROCAL -> Mlxc.mlx_reciprocal(res, x, s);
      case SQRT -> Mlxc.mlx_sqrt(res, x, s);
      case RSQRT -> Mlxc.mlx_rsqrt(res, x, s);
      case EXP -> Mlxc.mlx_exp(res, x, s);
      case EXPM1 -> Mlxc.mlx_expm1(res, x, s);
      case LOG -> Mlxc.mlx_log(res, x, s);
      case LOG2 -> Mlxc.mlx_log2(res, x, s);
      case LOG10 -> Mlxc.mlx_log10(res, x, s);
      case LOG1P -> Mlxc.mlx_log1p(res, x, s);
      case SIN -> Mlxc.mlx_sin(res, x, s);
      case COS -> Mlxc.mlx_cos(res, x, s);
      case TAN -> Mlxc.mlx_tan(res, x, s);
      case ARCSIN -> Mlxc.mlx_arcsin(res, x, s);
      case ARCCOS -> Mlxc.mlx_arccos(res, x, s);
      case ARCTAN -> Mlxc.mlx_arctan(res, x, s);
      case SINH -> Mlxc.mlx_sinh(res, x, s);
      case COSH -> Mlxc.mlx_cosh(res, x, s);
      case TANH -> Mlxc.mlx_tanh(res, x, s);
      case ARCSINH -> Mlxc.mlx_arcsinh(res, x, s);
      case ARCCOSH -> Mlxc.mlx_arccosh(res, x, s);
      case ARCTANH -> Mlxc.mlx_arctanh(res, x, s);
      case SIGMOID -> Mlxc.mlx_sigmoid(res, x, s);
      case ERF -> Mlxc.mlx_erf(res, x, s);
      case ERFINV -> Mlxc.mlx_erfinv(res, x, s);
      case DEGREES -> Mlxc.mlx_degrees(res, x, s);
      case RADIANS -> Mlxc.mlx_radians(res, x, s);
      case LOGICAL_NOT -> Mlxc.mlx_logical_not(res, x, s);
      case BITWISE_INVERT -> Mlxc.mlx_bitwise_invert(res, x, s);
      case ISNAN -> Mlxc.mlx_isnan(res, x, s);
      case ISINF -> Mlxc.mlx_isinf(res, x, s);
      case ISFINITE -> Mlxc.mlx_isfinite(res, x, s);
      case ISPOSINF -> Mlxc.mlx_isposinf(res, x, s);
      case ISNEGINF -> Mlxc.mlx_isneginf(res, x, s);
      case REAL -> Mlxc.mlx_real(res, x, s);
      case IMAG -> Mlxc.mlx_imag(res, x, s);
      case CONJUGATE -> Mlxc.mlx_conjugate(res, x, s);
      case STOP_GRADIENT -> Mlxc.mlx_stop_gradient(res, x, s);
    }
  }

  static void binary(Binary op, MemorySegment res, long a, long b, long s) {
    switch (op) {
      case ADD -> Mlxc.mlx_add(res, a, b, s);
      case SUBTRACT -> Mlxc.mlx_subtract(res, a, b, s);
      case MULTIPLY -> Mlxc.mlx_multiply(res, a, b, s);
      case DIVIDE -> Mlxc.mlx_divide(res, a, b, s);
      case FLOOR_DIVIDE -> Mlxc.mlx_floor_divide(res, a, b, s);
      case REMAINDER -> Mlxc.mlx_remainder(res, a, b, s);
      case POWER -> Mlxc.mlx_power(res, a, b, s);
      case MAXIMUM -> Mlxc.mlx_maximum(res, a, b, s);
      case MINIMUM -> Mlxc.mlx_minimum(res, a, b, s);
      case LOGADDEXP -> Mlxc.mlx_logaddexp(res, a, b, s);
      case ARCTAN2 -> Mlxc.mlx_arctan2(res, a, b, s);
      case EQUAL -> Mlxc.mlx_equal(res, a, b, s);
      case NOT_EQUAL -> Mlxc.mlx_not_equal(res, a, b, s);
      case LESS -> Mlxc.mlx_less(res, a, b, s);
      case LESS_EQUAL -> Mlxc.mlx_less_equal(res, a, b, s);
      case GREATER -> Mlxc.mlx_greater(res, a, b, s);
      case GREATER_EQUAL -> Mlxc.mlx_greater_equal(res, a, b, s);
      case LOGICAL_AND -> Mlxc.mlx_logical_and(res, a, b, s);
      case LOGICAL_OR -> Mlxc.mlx_logical_or(res, a, b, s);
      case LOGICAL_XOR -> Mlxc.mlx_logical_xor(res, a, b, s);
      case BITWISE_AND -> Mlxc.mlx_bitwise_and(res, a, b, s);
      case BITWISE_OR -> Mlxc.mlx_bitwise_or(res, a, b, s);
      case BITWISE_XOR -> Mlxc.mlx_bitwise_xor(res, a, b, s);
      case LEFT_SHIFT -> Mlxc.mlx_left_shift(res, a, b, s);
      case RIGHT_SHIFT -> Mlxc.mlx_right_shift(res, a, b, s);
    }
  }
}
