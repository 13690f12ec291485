package io.mlxlint.engine.java;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * erf and its inverse for float32, in tiles that C2 vectorises: x times a polynomial of degree 18, a pair of
 * coefficients at a time. The polynomials interpolate {@link Special} at Chebyshev's points.
 */
final class ErrorFunctions {
  private static final int DEGREE = 18;

  /** From here on erf is 1 in float32. */
  private static final double ERF_END = 4;
  /** erf(x) / x by u = 2 * (x / ERF_END)^2 - 1. */
  private static final double[] ERF = interpolated(u -> {
    double x = ERF_END * Math.sqrt((1 + u) / 2);
    return Special.erf(x) / x;
  });

  /** -log(1 - x * x) of the last float32 before 1. */
  private static final double LOG_END = 16;
  /** erfinv grows like the root of that logarithm; moved away from the root's own start it is smooth. */
  private static final double SHIFT = 4;
  private static final double ROOT_MIDDLE = (Math.sqrt(SHIFT) + Math.sqrt(LOG_END + SHIFT)) / 2;
  private static final double ROOT_HALF = ROOT_MIDDLE - Math.sqrt(SHIFT);
  /** erfinv(x) / x by u = (sqrt(SHIFT - log(1 - x * x)) - ROOT_MIDDLE) / ROOT_HALF. */
  private static final double[] ERFINV = interpolated(u -> {
    double root = ROOT_MIDDLE + ROOT_HALF * u;
    double x = Math.sqrt(-Math.expm1(SHIFT - root * root));
    return Special.erfinv(x) / x;
  });

  private ErrorFunctions() {}

  static void erf(float[] a, float[] c, int from, int to) {
    FastMath.inTiles(a, c, from, to, ErrorFunctions::erf);
  }

  private static void erf(float[] x, int n, Scratch s) {
    double[] u = s.doubles[0];
    double[] y = s.doubles[1];
    for (int i = 0; i < n; i++) {
      double v = Math.min(Math.max(x[i], -ERF_END), ERF_END);
      u[i] = v * v * (2 / (ERF_END * ERF_END)) - 1;
    }
    polynomial(ERF, u, y, n);
    for (int i = 0; i < n; i++) {
      x[i] = (float) (Math.min(Math.max(x[i], -ERF_END), ERF_END) * y[i]);
    }
  }

  static void erfinv(float[] a, float[] c, int from, int to) {
    FastMath.inTiles(a, c, from, to, ErrorFunctions::erfinv);
  }

  private static void erfinv(float[] x, int n, Scratch s) {
    if (!isInside(x, n)) {
      for (int i = 0; i < n; i++) {
        x[i] = (float) Special.erfinv(x[i]);
      }
      return;
    }
    double[] u = s.doubles[0];
    double[] y = s.doubles[1];
    for (int i = 0; i < n; i++) {
      u[i] = 1 - (double) x[i] * x[i];
    }
    logs(u, n, s);
    for (int i = 0; i < n; i++) {
      u[i] = (Math.sqrt(SHIFT - u[i]) - ROOT_MIDDLE) * (1 / ROOT_HALF);
    }
    polynomial(ERFINV, u, y, n);
    for (int i = 0; i < n; i++) {
      x[i] = (float) (x[i] * y[i]);
    }
  }

  /** Whether all lie between -1 and 1; NaN does not. */
  private static boolean isInside(float[] x, int n) {
    float most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, Math.abs(x[i]));
    }
    return most < 1;
  }

  /** As {@link FastMath#log}, of doubles that a float32 rounds to a normal number of at most 1. */
  private static void logs(double[] v, int n, Scratch s) {
    float[] t = s.floats[3];
    int[] bits = s.ints;
    int[] e = s.exponents;
    for (int i = 0; i < n; i++) {
      t[i] = (float) v[i];
    }
    FastMath.exponents(t, bits, e, n);
    for (int i = 0; i < n; i++) {
      bits[i] = Float.MAX_EXPONENT - e[i] << 23; // of 2 to the -e
    }
    MemorySegment.copy(MemorySegment.ofArray(bits), 0, MemorySegment.ofArray(t), 0, 4L * n);
    for (int i = 0; i < n; i++) {
      v[i] *= t[i];
    }
    for (int i = 0; i < n; i++) {
      t[i] = e[i];
    }
    for (int i = 0; i < n; i++) {
      v[i] = t[i] * FastMath.LN_2 + FastMath.logNearOne(v[i]);
    }
  }

  private static void polynomial(double[] coefficients, double[] u, double[] y, int n) {
    Arrays.fill(y, 0, n, coefficients[DEGREE]);
    for (int k = DEGREE - 1; k > 0; k -= 2) {
      twoTerms(y, u, coefficients[k], coefficients[k - 1], n);
    }
  }

  private static void twoTerms(double[] y, double[] u, double high, double low, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(Math.fma(y[i], u[i], high), u[i], low);
    }
  }

  /** Coefficients of the powers of u in [-1, 1] of what interpolates {@code f} at Chebyshev's points. */
  private static double[] interpolated(DoubleUnaryOperator f) {
    int n = DEGREE + 1;
    double[] sum = new double[n];
    double[] before = new double[n];
    double[] polynomial = new double[n];
    before[1] = 1;
    polynomial[0] = 1;
    for (int j = 0; j < n; j++) {
      double coefficient = 0;
      for (int k = 0; k < n; k++) {
        double angle = Math.PI * (k + 0.5) / n;
        coefficient += (j == 0 ? 1.0 : 2.0) / n * f.applyAsDouble(Math.cos(angle)) * Math.cos(j * angle);
      }
      // Chebyshev's polynomials by T(j + 1) = 2 u T(j) - T(j - 1), where T(-1) is u as well.
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        sum[i] += coefficient * polynomial[i];
        next[i] = (i > 0 ? 2 * polynomial[i - 1] : 0) - before[i];
      }
      before = polynomial;
      polynomial = next;
    }
    return sum;
  }
}
