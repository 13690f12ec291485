package io.mlxlint.engine.java;

import io.mlxlint.op.Unary;

/** Unary operations in float64. */
final class DoubleUnaryLoops {
  private static final double LOG2_E = 1 / Math.log(2);

  private DoubleUnaryLoops() {}

  static Loops.DoubleUnary of(Unary op) {
    return switch (op) {
      case ABS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.abs(a[i]);
        }
      };
      case NEGATIVE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = -a[i];
        }
      };
      case SIGN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] > 0 ? 1 : a[i] < 0 ? -1 : 0;
        }
      };
      case SQUARE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * a[i];
        }
      };
      case FLOOR -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.floor(a[i]);
        }
      };
      case CEIL -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.ceil(a[i]);
        }
      };
      case TRUNC -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] < 0 ? Math.ceil(a[i]) : Math.floor(a[i]);
        }
      };
      case ROUND -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.rint(a[i]);
        }
      };
      case RECIPROCAL -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = 1 / a[i];
        }
      };
      case SQRT -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.sqrt(a[i]);
        }
      };
      case RSQRT -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = 1.0 / Math.sqrt(a[i]);
        }
      };
      case EXP -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.exp(a[i]);
        }
      };
      case EXPM1 -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.expm1(a[i]);
        }
      };
      case LOG -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.log(a[i]);
        }
      };
      case LOG2 -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.log(a[i]) * LOG2_E;
        }
      };
      case LOG10 -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.log10(a[i]);
        }
      };
      case LOG1P -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.log1p(a[i]);
        }
      };
      case SIN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.sin(a[i]);
        }
      };
      case COS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.cos(a[i]);
        }
      };
      case TAN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.tan(a[i]);
        }
      };
      case ARCSIN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.asin(a[i]);
        }
      };
      case ARCCOS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.acos(a[i]);
        }
      };
      case ARCTAN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.atan(a[i]);
        }
      };
      case SINH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.sinh(a[i]);
        }
      };
      case COSH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.cosh(a[i]);
        }
      };
      case TANH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.tanh(a[i]);
        }
      };
      case ARCSINH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.arcsinh(a[i]);
        }
      };
      case ARCCOSH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.arccosh(a[i]);
        }
      };
      case ARCTANH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.arctanh(a[i]);
        }
      };
      case SIGMOID -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = 1 / (1 + Math.exp(-a[i]));
        }
      };
      case ERF -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.erf(a[i]);
        }
      };
      case ERFINV -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.erfinv(a[i]);
        }
      };
      case DEGREES -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * (180 / Math.PI);
        }
      };
      case RADIANS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * (Math.PI / 180);
        }
      };
      case LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF, ISFINITE, ISPOSINF, ISNEGINF, REAL, IMAG, CONJUGATE,
          STOP_GRADIENT ->
          throw new IllegalStateException(op + " does not compute in float64");
    };
  }

  /** Tests of floating values, halves and float32 included. */
  static Loops.DoubleTest test(Unary op) {
    return switch (op) {
      case LOGICAL_NOT -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] == 0 ? 1 : 0);
        }
      };
      case ISNAN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] != a[i] ? 1 : 0);
        }
      };
      case ISINF -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (Double.isInfinite(a[i]) ? 1 : 0);
        }
      };
      case ISFINITE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (Double.isFinite(a[i]) ? 1 : 0);
        }
      };
      case ISPOSINF -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] == Double.POSITIVE_INFINITY ? 1 : 0);
        }
      };
      case ISNEGINF -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] == Double.NEGATIVE_INFINITY ? 1 : 0);
        }
      };
      case ABS, NEGATIVE, SIGN, SQUARE, FLOOR, CEIL, TRUNC, ROUND, RECIPROCAL, SQRT, RSQRT, EXP, EXPM1, LOG,
          LOG2, LOG10, LOG1P, SIN, COS, TAN, ARCSIN, ARCCOS, ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH,
          ARCTANH, SIGMOID, ERF, ERFINV, DEGREES, RADIANS, BITWISE_INVERT, REAL, IMAG, CONJUGATE,
          STOP_GRADIENT ->
          throw new IllegalStateException(op + " is no test");
    };
  }
}
