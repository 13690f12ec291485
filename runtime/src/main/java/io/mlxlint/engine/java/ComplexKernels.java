package io.mlxlint.engine.java;

import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Unary;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** The arithmetic of complex64, one number at a time. */
final class ComplexKernels {

  private ComplexKernels() {}

  private interface Test {
    boolean of(Complex z);
  }

  private interface Compare {
    boolean of(Complex a, Complex b);
  }

  static void unary(Unary op, Strided x, Walk walk, Storage out, int n) {
    long[] a = ((Storage.Longs) x.storage()).array;
    switch (out) {
      case Storage.Longs c -> {
        UnaryOperator<Complex> f = function(op);
        each(n, i -> c.array[i] = f.apply(Complex.of(a[walk.position(i)])).bits());
      }
      case Storage.Floats c -> {
        ToDoubleFunction<Complex> f = part(op);
        each(n, i -> c.array[i] = (float) f.applyAsDouble(Complex.of(a[walk.position(i)])));
      }
      case Storage.Bytes c -> {
        Test f = test(op);
        each(n, i -> c.array[i] = (byte) (f.of(Complex.of(a[walk.position(i)])) ? 1 : 0));
      }
      case Storage.Ints c -> throw Tiles.wrong(x.dtype());
      case Storage.Shorts c -> throw Tiles.wrong(x.dtype());
      case Storage.Doubles c -> throw Tiles.wrong(x.dtype());
    }
  }

  private interface Element {
    void at(int i);
  }

  private static void each(int n, Element body) {
    Workers.run(n, Elementwise.GRAIN / 16, (from, to) -> {
      for (int i = from; i < to; i++) {
        body.at(i);
      }
    });
  }

  private static UnaryOperator<Complex> function(Unary op) {
    return switch (op) {
      case NEGATIVE -> Complex::negated;
      case CONJUGATE -> Complex::conjugate;
      case SIGN -> Complex::sign;
      case SQUARE -> z -> z.times(z);
      case ROUND -> Complex::round;
      case RECIPROCAL -> Complex::reciprocal;
      case SQRT -> Complex::sqrt;
      case RSQRT -> z -> z.sqrt().reciprocal();
      case EXP -> Complex::exp;
      case LOG -> Complex::log;
      case LOG2 -> Complex::log2;
      case LOG10 -> Complex::log10;
      case LOG1P -> Complex::log1p;
      case SIN -> Complex::sin;
      case COS -> Complex::cos;
      case TAN -> Complex::tan;
      case ARCSIN -> Complex::arcsin;
      case ARCCOS -> Complex::arccos;
      case ARCTAN -> Complex::arctan;
      case SINH -> Complex::sinh;
      case COSH -> Complex::cosh;
      case TANH -> Complex::tanh;
      case ARCSINH -> Complex::arcsinh;
      case ARCCOSH -> Complex::arccosh;
      case ARCTANH -> Complex::arctanh;
      case DEGREES -> z -> z.times(180 / Math.PI);
      case RADIANS -> z -> z.times(Math.PI / 180);
      case STOP_GRADIENT -> z -> z;
      case ABS, REAL, IMAG, FLOOR, CEIL, TRUNC, EXPM1, SIGMOID, ERF, ERFINV, LOGICAL_NOT, BITWISE_INVERT,
          ISNAN, ISINF, ISFINITE, ISPOSINF, ISNEGINF -> throw refused(op.mlxName());
    };
  }

  private static ToDoubleFunction<Complex> part(Unary op) {
    return switch (op) {
      case ABS -> Complex::abs;
      case REAL -> Complex::re;
      case IMAG -> Complex::im;
      case NEGATIVE, SIGN, SQUARE, FLOOR, CEIL, TRUNC, ROUND, RECIPROCAL, SQRT, RSQRT, EXP, EXPM1, LOG, LOG2,
          LOG10, LOG1P, SIN, COS, TAN, ARCSIN, ARCCOS, ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH, ARCTANH,
          SIGMOID, ERF, ERFINV, DEGREES, RADIANS, LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF, ISFINITE,
          ISPOSINF, ISNEGINF, CONJUGATE, STOP_GRADIENT -> throw refused(op.mlxName());
    };
  }

  private static Test test(Unary op) {
    return switch (op) {
      case LOGICAL_NOT -> z -> !z.isTrue();
      case ISNAN -> Complex::isNaN;
      case ISINF -> Complex::isInfinite;
      case ISFINITE -> z -> Double.isFinite(z.re()) && Double.isFinite(z.im());
      // equal to infinity as a real number
      case ISPOSINF -> z -> z.re() == Double.POSITIVE_INFINITY && z.im() == 0;
      case ISNEGINF -> z -> z.re() == Double.NEGATIVE_INFINITY && z.im() == 0;
      case ABS, NEGATIVE, SIGN, SQUARE, FLOOR, CEIL, TRUNC, ROUND, RECIPROCAL, SQRT, RSQRT, EXP, EXPM1, LOG,
          LOG2, LOG10, LOG1P, SIN, COS, TAN, ARCSIN, ARCCOS, ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH,
          ARCTANH, SIGMOID, ERF, ERFINV, DEGREES, RADIANS, BITWISE_INVERT, REAL, IMAG, CONJUGATE,
          STOP_GRADIENT -> throw refused(op.mlxName());
    };
  }

  static void binary(Binary op, Strided x, Walk wx, Strided y, Walk wy, Storage out, int n) {
    long[] a = ((Storage.Longs) x.storage()).array;
    long[] b = ((Storage.Longs) y.storage()).array;
    if (out instanceof Storage.Bytes c) {
      Compare f = comparison(op);
      each(n, i -> c.array[i] =
          (byte) (f.of(Complex.of(a[wx.position(i)]), Complex.of(b[wy.position(i)])) ? 1 : 0));
    } else {
      BinaryOperator<Complex> f = function(op);
      long[] c = ((Storage.Longs) out).array;
      each(n, i -> c[i] = f.apply(Complex.of(a[wx.position(i)]), Complex.of(b[wy.position(i)])).bits());
    }
  }

  static BinaryOperator<Complex> function(Binary op) {
    return switch (op) {
      case ADD -> Complex::plus;
      case SUBTRACT -> Complex::minus;
      case MULTIPLY -> Complex::times;
      case DIVIDE -> Complex::over;
      case POWER -> Complex::power;
      case LOGADDEXP -> Complex::logAddExp;
      // NaN wins
      case MAXIMUM -> (p, q) -> p.isNaN() || !q.isNaN() && Complex.compare(p, q) > 0 ? p : q;
      case MINIMUM -> (p, q) -> p.isNaN() || !q.isNaN() && Complex.compare(p, q) < 0 ? p : q;
      case FLOOR_DIVIDE, REMAINDER, ARCTAN2, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL,
          LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT,
          RIGHT_SHIFT -> throw refused(op.mlxName());
    };
  }

  private static Compare comparison(Binary op) {
    return switch (op) {
      case EQUAL -> (p, q) -> p.re() == q.re() && p.im() == q.im();
      case NOT_EQUAL -> (p, q) -> p.re() != q.re() || p.im() != q.im();
      case LESS -> (p, q) -> ordered(p, q) && Complex.compare(p, q) < 0;
      case LESS_EQUAL -> (p, q) -> ordered(p, q) && Complex.compare(p, q) <= 0;
      case GREATER -> (p, q) -> ordered(p, q) && Complex.compare(p, q) > 0;
      case GREATER_EQUAL -> (p, q) -> ordered(p, q) && Complex.compare(p, q) >= 0;
      case LOGICAL_AND -> (p, q) -> p.isTrue() && q.isTrue();
      case LOGICAL_OR -> (p, q) -> p.isTrue() || q.isTrue();
      case LOGICAL_XOR -> (p, q) -> p.isTrue() != q.isTrue();
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, LOGADDEXP,
          ARCTAN2, BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT ->
          throw refused(op.mlxName());
    };
  }

  private static boolean ordered(Complex p, Complex q) {
    return !p.isNaN() && !q.isNaN();
  }

  /** One row folded into a number. */
  static long fold(Reduction kind, Strided x, Walk walk, int start, int n) {
    BinaryOperator<Complex> f = function(switch (kind) {
      case SUM -> Binary.ADD;
      case PROD -> Binary.MULTIPLY;
      case MAX -> Binary.MAXIMUM;
      case MIN -> Binary.MINIMUM;
      case ALL, ANY, ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
          throw new IllegalStateException(kind + " is not computed in complex numbers");
    });
    if (n == 0) {
      return Complex.bits(kind == Reduction.PROD ? 1 : 0, 0);
    }
    long[] a = ((Storage.Longs) x.storage()).array;
    Complex total = Complex.of(a[walk.position(start)]);
    for (int i = 1; i < n; i++) {
      total = f.apply(total, Complex.of(a[walk.position(start + i)]));
    }
    return total.bits();
  }

  /** Running results of one row, rounded at each step. */
  static void scan(Scanning.Scan op, long[] row) {
    BinaryOperator<Complex> f = function(switch (op.kind()) {
      case CUMSUM -> Binary.ADD;
      case CUMPROD -> Binary.MULTIPLY;
      case CUMMAX -> Binary.MAXIMUM;
      case CUMMIN -> Binary.MINIMUM;
      case LOGCUMSUMEXP -> Binary.LOGADDEXP;
    });
    long running = switch (op.kind()) {
      case CUMSUM -> 0;
      case CUMPROD -> Complex.bits(1, 0);
      case CUMMAX, LOGCUMSUMEXP -> Complex.bits(Float.NEGATIVE_INFINITY, 0);
      case CUMMIN -> Complex.bits(Float.POSITIVE_INFINITY, 0);
    };
    for (int k = 0; k < row.length; k++) {
      int i = op.reverse() ? row.length - 1 - k : k;
      long before = running;
      running = k == 0 ? row[i] : f.apply(Complex.of(running), Complex.of(row[i])).bits();
      row[i] = op.inclusive() ? running : before;
    }
  }

  /** Rows times columns, sums in double precision; the result is dense from element {@code at} on. */
  static void matmul(Strided a, Strided b, long[] c, int at, int m, int n, int k) {
    long[] x = ((Storage.Longs) a.storage()).array;
    long[] y = ((Storage.Longs) b.storage()).array;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        Complex sum = new Complex(0, 0);
        for (int p = 0; p < k; p++) {
          Complex left = Complex.of(x[a.offset() + i * a.strides()[0] + p * a.strides()[1]]);
          sum = sum.plus(left.times(Complex.of(y[b.offset() + p * b.strides()[0] + j * b.strides()[1]])));
        }
        c[at + i * n + j] = sum.bits();
      }
    }
  }

  private static IllegalStateException refused(String name) {
    return new IllegalStateException(name + " does not compute in complex numbers");
  }
}
