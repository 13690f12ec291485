package io.mlxlint.engine.java;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The exponential family and erf for float32, in doubles and without table or branch, so that C2 vectorises
 * it.
 *
 * <p>The exponentials start from a polynomial for a small argument and double the argument again and again,
 * where small results matter by {@code expm1(2x) = expm1(x) * (expm1(x) + 2)}. That needs no bits of a float.
 */
final class FastMath {
  /** Beyond these the float32 result is 0 or infinite. */
  private static final double LOWEST = -104;
  private static final double HIGHEST = 89;
  private static final double HALVED = 1.0 / 1024;

  private static final double LN_2 = Math.log(2);
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  /** From here on erf is 1 in float32. */
  private static final double ERF_END = 4;
  private static final int ERF_DEGREE = 18;
  private static final double[] ERF = erfCoefficients();

  private FastMath() {}

  /**
   * Squares {@code exp(x / 1024)} ten times; doubling expm1 would lose what is left of a tiny result beside
   * -1.
   */
  static void exp(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = Math.min(Math.max(a[i], LOWEST), HIGHEST) * HALVED;
      double p = 1 + r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720))))));
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      p *= p;
      c[i] = (float) (p * p);
    }
  }

  static void expm1(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = (float) Math.expm1(a[i]);
    }
  }

  static void log(float[] a, float[] c, int from, int to) {
    Scratch s = Scratch.current();
    for (int start = from; start < to; start += Scratch.TILE) {
      int n = Math.min(Scratch.TILE, to - start);
      float[] t = s.floats[2];
      System.arraycopy(a, start, t, 0, n);
      if (isNormal(t, n)) {
        logOfNormal(t, n, s);
      } else {
        for (int i = 0; i < n; i++) {
          t[i] = (float) Math.log(t[i]);
        }
      }
      System.arraycopy(t, 0, c, start, n);
    }
  }

  /** Whether all are positive, finite and not denormal. */
  private static boolean isNormal(float[] t, int n) {
    float low = Float.MAX_VALUE;
    float high = Float.MIN_NORMAL;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, t[i]);
      high = Math.max(high, t[i]);
    }
    return low >= Float.MIN_NORMAL && high <= Float.MAX_VALUE;
  }

  /**
   * Splits x into m * 2^e with m around 1, where log(m) is a short series. The bits are copied between arrays
   * of the two types, since {@link Float#floatToRawIntBits} in a loop does not become vector code.
   */
  private static void logOfNormal(float[] t, int n, Scratch s) {
    int[] bits = s.ints;
    int[] e = s.exponents;
    float[] scale = s.floats[3];
    MemorySegment.copy(MemorySegment.ofArray(t), 0, MemorySegment.ofArray(bits), 0, 4L * n);
    for (int i = 0; i < n; i++) {
      e[i] = bits[i] - SQRT_HALF_BITS >> 23;
    }
    for (int i = 0; i < n; i++) {
      bits[i] -= e[i] << 23;
    }
    MemorySegment.copy(MemorySegment.ofArray(bits), 0, MemorySegment.ofArray(t), 0, 4L * n);
    for (int i = 0; i < n; i++) {
      scale[i] = e[i];
    }
    for (int i = 0; i < n; i++) {
      double f = t[i] - 1.0;
      double q = f / (f + 2);
      double z = q * q;
      double series = 1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11)))));
      t[i] = (float) (scale[i] * LN_2 + 2 * q * series);
    }
  }

  /** x times a polynomial in x * x, a coefficient pair at a time over a tile. */
  static void erf(float[] a, float[] c, int from, int to) {
    Scratch s = Scratch.current();
    float[] x = s.floats[2];
    double[] u = s.doubles[0];
    double[] y = s.doubles[1];
    for (int start = from; start < to; start += Scratch.TILE) {
      int n = Math.min(Scratch.TILE, to - start);
      System.arraycopy(a, start, x, 0, n);
      for (int i = 0; i < n; i++) {
        double v = Math.min(Math.max(x[i], -ERF_END), ERF_END);
        u[i] = v * v * (2 / (ERF_END * ERF_END)) - 1;
      }
      Arrays.fill(y, 0, n, ERF[ERF_DEGREE]);
      for (int k = ERF_DEGREE - 1; k > 0; k -= 2) {
        twoTerms(y, u, ERF[k], ERF[k - 1], n);
      }
      for (int i = 0; i < n; i++) {
        x[i] = (float) (Math.min(Math.max(x[i], -ERF_END), ERF_END) * y[i]);
      }
      System.arraycopy(x, 0, c, start, n);
    }
  }

  private static void twoTerms(double[] y, double[] u, double high, double low, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(Math.fma(y[i], u[i], high), u[i], low);
    }
  }

  /**
   * erf(x) / x interpolated at Chebyshev's points of the interval, as powers of u = 2 * (x / ERF_END)^2 - 1.
   */
  private static double[] erfCoefficients() {
    int n = ERF_DEGREE + 1;
    double[] sum = new double[n];
    double[] before = new double[n];
    double[] polynomial = new double[n];
    before[1] = 1;
    polynomial[0] = 1;
    for (int j = 0; j < n; j++) {
      double coefficient = 0;
      for (int k = 0; k < n; k++) {
        double angle = Math.PI * (k + 0.5) / n;
        double x = ERF_END * Math.sqrt((1 + Math.cos(angle)) / 2);
        coefficient += (j == 0 ? 1.0 : 2.0) / n * Special.erf(x) / x * Math.cos(j * angle);
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

  static void tanh(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = Math.min(Math.max(a[i], -10.0), 10.0) * (1.0 / 64);
      double u = r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720
          + r * (1.0 / 5040)))))));
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      c[i] = (float) (u / (u + 2));
    }
  }

  static void sigmoid(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = Math.min(Math.max(-a[i], LOWEST), -LOWEST) * HALVED;
      double u = r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720))))));
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u * (u + 2);
      u = u + 1;
      c[i] = (float) (1 / (1 + u * u));
    }
  }
}
