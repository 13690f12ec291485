package io.mlxlint.engine.java;

import io.mlxlint.op.Unary;

/** Unary operations in float32. Where Java has only a double function, the result is rounded once. */
final class FloatUnaryLoops {
  private static final double LOG2_E = 1 / Math.log(2);
  private static final float TO_DEGREES = (float) (180 / Math.PI);
  private static final float TO_RADIANS = (float) (Math.PI / 180);

  private FloatUnaryLoops() {}

  static Loops.FloatUnary of(Unary op) {
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
          c[i] = a[i] > 0 ? 1f : a[i] < 0 ? -1f : 0f;
        }
      };
      case SQUARE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * a[i];
        }
      };
      case FLOOR -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.floor(a[i]);
        }
      };
      case CEIL -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.ceil(a[i]);
        }
      };
      case TRUNC -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) (a[i] < 0 ? Math.ceil(a[i]) : Math.floor(a[i]));
        }
      };
      case ROUND -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.rint(a[i]);
        }
      };
      case RECIPROCAL -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = 1f / a[i];
        }
      };
      case SQRT -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.sqrt(a[i]);
        }
      };
      case RSQRT -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) (1.0 / Math.sqrt(a[i]));
        }
      };
      case EXP -> FastMath::exp;
      case EXPM1 -> FastMath::expm1;
      case LOG -> FastMath::log;
      case LOG2 -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) (Math.log(a[i]) * LOG2_E);
        }
      };
      case LOG10 -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.log10(a[i]);
        }
      };
      case LOG1P -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.log1p(a[i]);
        }
      };
      case SIN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.sin(a[i]);
        }
      };
      case COS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.cos(a[i]);
        }
      };
      case TAN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.tan(a[i]);
        }
      };
      case ARCSIN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.asin(a[i]);
        }
      };
      case ARCCOS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.acos(a[i]);
        }
      };
      case ARCTAN -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.atan(a[i]);
        }
      };
      case SINH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.sinh(a[i]);
        }
      };
      case COSH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.cosh(a[i]);
        }
      };
      case TANH -> FastMath::tanh;
      case ARCSINH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Special.arcsinh(a[i]);
        }
      };
      case ARCCOSH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Special.arccosh(a[i]);
        }
      };
      case ARCTANH -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Special.arctanh(a[i]);
        }
      };
      case SIGMOID -> FastMath::sigmoid;
      case ERF -> ErrorFunctions::erf;
      case ERFINV -> ErrorFunctions::erfinv;
      case DEGREES -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * TO_DEGREES;
        }
      };
      case RADIANS -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * TO_RADIANS;
        }
      };
      case LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF, ISFINITE, ISPOSINF, ISNEGINF, REAL, IMAG, CONJUGATE,
          STOP_GRADIENT ->
          throw new IllegalStateException(op + " does not compute in float32");
    };
  }
}
