package io.mlxlint.engine.java;

import io.mlxlint.op.Binary;

/** Binary operations in float64. */
final class DoubleBinaryLoops {

  private DoubleBinaryLoops() {}

  static Loops.DoubleBinary of(Binary op) {
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
      case DIVIDE -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = a[i] / b[i];
        }
      };
      case FLOOR_DIVIDE -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.floor(a[i] / b[i]);
        }
      };
      case REMAINDER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = remainder(a[i], b[i]);
        }
      };
      case POWER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.power(a[i], b[i]);
        }
      };
      case MAXIMUM -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.max(a[i], b[i]);
        }
      };
      case MINIMUM -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.min(a[i], b[i]);
        }
      };
      case LOGADDEXP -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Special.logaddexp(a[i], b[i]);
        }
      };
      case ARCTAN2 -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = Math.atan2(a[i], b[i]);
        }
      };
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR,
          BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT ->
          throw new IllegalStateException(op + " does not compute in float64");
    };
  }

  /** With the sign of the divisor. */
  private static double remainder(double a, double b) {
    double r = a % b;
    return r != 0 && r < 0 != b < 0 ? r + b : r;
  }

  /** Comparisons of floating values, halves and float32 included. */
  static Loops.DoubleCompare compare(Binary op) {
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
          c[i] = (byte) (a[i] < b[i] ? 1 : 0);
        }
      };
      case LESS_EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] <= b[i] ? 1 : 0);
        }
      };
      case GREATER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] > b[i] ? 1 : 0);
        }
      };
      case GREATER_EQUAL -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (byte) (a[i] >= b[i] ? 1 : 0);
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
}
