package io.mlxlint.engine.java;

import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Unary;
import java.util.Arrays;

/** Operations on integers and bool, in 64 bits; what is stored keeps the low bits. */
final class LongLoops {

  private LongLoops() {}

  static Loops.LongUnary of(Unary op, DType dtype) {
    boolean unsigned = dtype.category() != DType.Category.SIGNED;
    return switch (op) {
      case ABS -> unsigned ? LongLoops::copy : (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.abs(a[i]);
        }
      };
      case SIGN -> unsigned ? LongLoops::isNotZero : (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Long.signum(a[i]);
        }
      };
      case NEGATIVE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = -a[i];
        }
      };
      case SQUARE -> (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * a[i];
        }
      };
      case BITWISE_INVERT -> dtype == DType.BOOL ? LongLoops::isZero : (a, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = ~a[i];
        }
      };
      case LOGICAL_NOT -> LongLoops::isZero;
      case FLOOR, CEIL, TRUNC, ROUND -> LongLoops::copy;
      case ISFINITE -> (a, c, from, to) -> Arrays.fill(c, from, to, 1);
      case ISNAN, ISINF, ISPOSINF, ISNEGINF -> (a, c, from, to) -> Arrays.fill(c, from, to, 0);
      case RECIPROCAL, SQRT, RSQRT, EXP, EXPM1, LOG, LOG2, LOG10, LOG1P, SIN, COS, TAN, ARCSIN, ARCCOS,
          ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH, ARCTANH, SIGMOID, ERF, ERFINV, DEGREES, RADIANS, REAL,
          IMAG, CONJUGATE, STOP_GRADIENT ->
          throw new IllegalStateException(op + " does not compute in integers");
    };
  }

  private static void copy(long[] a, long[] c, int from, int to) {
    if (a != c) {
      System.arraycopy(a, from, c, from, to - from);
    }
  }

  private static void isZero(long[] a, long[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = a[i] == 0 ? 1 : 0;
    }
  }

  private static void isNotZero(long[] a, long[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = a[i] == 0 ? 0 : 1;
    }
  }

  static Loops.LongBinary of(Binary op, DType dtype) {
    boolean wide = dtype == DType.UINT64;
    return switch (op) {
      case ADD -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] + b[i];
        }
      };
      case SUBTRACT -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] - b[i];
        }
      };
      case MULTIPLY -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] * b[i];
        }
      };
      case POWER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = power(a[i], b[i], wide);
        }
      };
      case FLOOR_DIVIDE -> wide ? (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Long.divideUnsigned(a[i], divisor(b[i], "floor_divide"));
        }
      } : (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] / divisor(b[i], "floor_divide");
        }
      };
      case REMAINDER -> wide ? (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Long.remainderUnsigned(a[i], divisor(b[i], "remainder"));
        }
      } : (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.floorMod(a[i], divisor(b[i], "remainder"));
        }
      };
      case MAXIMUM -> wide ? (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Long.compareUnsigned(a[i], b[i]) > 0 ? a[i] : b[i];
        }
      } : (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.max(a[i], b[i]);
        }
      };
      case MINIMUM -> wide ? (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Long.compareUnsigned(a[i], b[i]) < 0 ? a[i] : b[i];
        }
      } : (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.min(a[i], b[i]);
        }
      };
      case BITWISE_AND -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] & b[i];
        }
      };
      case BITWISE_OR -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] | b[i];
        }
      };
      case BITWISE_XOR -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] ^ b[i];
        }
      };
      case LEFT_SHIFT -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] << b[i];
        }
      };
      case RIGHT_SHIFT -> wide ? (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] >>> b[i];
        }
      } : (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] >> b[i];
        }
      };
      case DIVIDE, LOGADDEXP, ARCTAN2, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL,
          LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR ->
          throw new IllegalStateException(op + " does not compute in integers");
    };
  }

  static Loops.LongCompare compare(Binary op, DType dtype) {
    // Flipping the sign bit orders unsigned numbers like signed ones.
    long flip = dtype == DType.UINT64 ? Long.MIN_VALUE : 0;
    return switch (op) {
      case EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] == b[i] ? 1 : 0);
        }
      };
      case NOT_EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] != b[i] ? 1 : 0);
        }
      };
      case LESS -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) ((a[i] ^ flip) < (b[i] ^ flip) ? 1 : 0);
        }
      };
      case LESS_EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) ((a[i] ^ flip) <= (b[i] ^ flip) ? 1 : 0);
        }
      };
      case GREATER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) ((a[i] ^ flip) > (b[i] ^ flip) ? 1 : 0);
        }
      };
      case GREATER_EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) ((a[i] ^ flip) >= (b[i] ^ flip) ? 1 : 0);
        }
      };
      case LOGICAL_AND -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] != 0 && b[i] != 0 ? 1 : 0);
        }
      };
      case LOGICAL_OR -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] != 0 || b[i] != 0 ? 1 : 0);
        }
      };
      case LOGICAL_XOR -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] != 0 ^ b[i] != 0 ? 1 : 0);
        }
      };
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, LOGADDEXP,
          ARCTAN2, BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT ->
          throw new IllegalStateException(op + " is no comparison");
    };
  }

  private static long divisor(long b, String name) {
    if (b == 0) {
      throw new ArithmeticException(name + ": integer division by zero");
    }
    return b;
  }

  /** By squaring; a negative exponent gives 0. */
  private static long power(long base, long exponent, boolean unsigned) {
    if (exponent < 0 && !unsigned) {
      return 0;
    }
    long result = 1;
    for (long rest = exponent, factor = base; rest != 0; rest >>>= 1, factor *= factor) {
      if ((rest & 1) != 0) {
        result *= factor;
      }
    }
    return result;
  }
}
