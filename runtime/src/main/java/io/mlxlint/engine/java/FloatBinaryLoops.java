package io.mlxlint.engine.java;

import io.mlxlint.op.Binary;

/** Binary operations in float32. */
final class FloatBinaryLoops {

  private FloatBinaryLoops() {}

  static Loops.FloatBinary of(Binary op) {
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
          c[i] = (float) Math.floor(a[i] / b[i]);
        }
      };
      case REMAINDER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = remainder(a[i], b[i]);
        }
      };
      case POWER -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Special.power(a[i], b[i]);
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
          c[i] = (float) Special.logaddexp(a[i], b[i]);
        }
      };
      case ARCTAN2 -> (a, b, c, from, to) -> {
        for (int i = from; i < to; i++) {
          c[i] = (float) Math.atan2(a[i], b[i]);
        }
      };
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR,
          BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT ->
          throw new IllegalStateException(op + " does not compute in float32");
    };
  }

  /** With the sign of the divisor. */
  private static float remainder(float a, float b) {
    float r = a % b;
    return r != 0 && r < 0 != b < 0 ? r + b : r;
  }
}
