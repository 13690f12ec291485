package io.mlxlint.engine.java;

import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Unary;

/** The arithmetic of complex64 that there is; the rest says so. */
final class ComplexKernels {

  private ComplexKernels() {}

  static float real(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  static float imaginary(long bits) {
    return Float.intBitsToFloat((int) (bits >>> 32));
  }

  static long bits(float re, float im) {
    return Float.floatToRawIntBits(re) & 0xffffffffL | (long) Float.floatToRawIntBits(im) << 32;
  }

  static void unary(Unary op, Strided x, Walk walk, Storage out, DType dtype, int n) {
    long[] a = ((Storage.Longs) x.storage()).array;
    for (int i = 0; i < n; i++) {
      long bits = a[walk.position(i)];
      float re = real(bits);
      float im = imaginary(bits);
      switch (op) {
        case ABS -> ((Storage.Floats) out).array[i] = (float) Math.hypot(re, im);
        case NEGATIVE -> ((Storage.Longs) out).array[i] = bits(-re, -im);
        case SQUARE -> ((Storage.Longs) out).array[i] = bits(re * re - im * im, 2 * re * im);
        case ROUND -> ((Storage.Longs) out).array[i] = bits((float) Math.rint(re), (float) Math.rint(im));
        case LOGICAL_NOT -> ((Storage.Bytes) out).array[i] = (byte) (re == 0 && im == 0 ? 1 : 0);
        case ISNAN -> ((Storage.Bytes) out).array[i] = (byte) (re != re || im != im ? 1 : 0);
        case ISINF -> ((Storage.Bytes) out).array[i] = (byte) (Float.isInfinite(re) || Float.isInfinite(im) ? 1 : 0);
        case ISFINITE -> ((Storage.Bytes) out).array[i] = (byte) (Float.isFinite(re) && Float.isFinite(im) ? 1 : 0);
        case EXP -> {
          double scale = Math.exp(re);
          ((Storage.Longs) out).array[i] = bits((float) (scale * Math.cos(im)), (float) (scale * Math.sin(im)));
        }
        case SIGN, FLOOR, CEIL, TRUNC, RECIPROCAL, SQRT, RSQRT, EXPM1, LOG, LOG2, LOG10, LOG1P, SIN, COS, TAN, ARCSIN,
            ARCCOS, ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH, ARCTANH, SIGMOID, ERF, ERFINV, DEGREES, RADIANS,
            BITWISE_INVERT, ISPOSINF, ISNEGINF, STOP_GRADIENT -> throw missing(op.mlxName());
      }
    }
  }

  static void binary(Binary op, Strided x, Walk wx, Strided y, Walk wy, Storage out, DType dtype, int n) {
    long[] a = ((Storage.Longs) x.storage()).array;
    long[] b = ((Storage.Longs) y.storage()).array;
    for (int i = 0; i < n; i++) {
      long p = a[wx.position(i)];
      long q = b[wy.position(i)];
      float re = real(p);
      float im = imaginary(p);
      float re2 = real(q);
      float im2 = imaginary(q);
      switch (op) {
        case ADD -> put(out, i, re + re2, im + im2);
        case SUBTRACT -> put(out, i, re - re2, im - im2);
        case MULTIPLY -> put(out, i, re * re2 - im * im2, re * im2 + im * re2);
        case DIVIDE -> {
          double scale = (double) re2 * re2 + (double) im2 * im2;
          put(out, i, (float) (((double) re * re2 + (double) im * im2) / scale),
              (float) (((double) im * re2 - (double) re * im2) / scale));
        }
        case EQUAL -> put(out, i, re == re2 && im == im2);
        case NOT_EQUAL -> put(out, i, re != re2 || im != im2);
        case LOGICAL_AND -> put(out, i, (re != 0 || im != 0) && (re2 != 0 || im2 != 0));
        case LOGICAL_OR -> put(out, i, re != 0 || im != 0 || re2 != 0 || im2 != 0);
        case LESS -> put(out, i, compare(re, im, re2, im2) < 0);
        case LESS_EQUAL -> put(out, i, compare(re, im, re2, im2) <= 0);
        case GREATER -> put(out, i, compare(re, im, re2, im2) > 0);
        case GREATER_EQUAL -> put(out, i, compare(re, im, re2, im2) >= 0);
        case MAXIMUM -> ((Storage.Longs) out).array[i] = compare(re, im, re2, im2) >= 0 ? p : q;
        case MINIMUM -> ((Storage.Longs) out).array[i] = compare(re, im, re2, im2) <= 0 ? p : q;
        case FLOOR_DIVIDE, REMAINDER, POWER, LOGADDEXP, ARCTAN2, LOGICAL_XOR, BITWISE_AND, BITWISE_OR, BITWISE_XOR,
            LEFT_SHIFT, RIGHT_SHIFT -> throw missing(op.mlxName());
      }
    }
  }

  static UnsupportedOperationException missing(String name) {
    return new UnsupportedOperationException(name + " of complex64 is not in engine java yet, use engine mlx");
  }

  /** By the real part, then the imaginary one. */
  private static int compare(float re, float im, float re2, float im2) {
    return re == re2 ? Float.compare(im, im2) : Float.compare(re, re2);
  }

  private static void put(Storage out, int i, float re, float im) {
    ((Storage.Longs) out).array[i] = bits(re, im);
  }

  private static void put(Storage out, int i, boolean value) {
    ((Storage.Bytes) out).array[i] = (byte) (value ? 1 : 0);
  }
}
