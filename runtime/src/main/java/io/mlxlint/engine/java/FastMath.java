package io.mlxlint.engine.java;

import java.lang.foreign.MemorySegment;

/**
 * The exponential family and log for float32, in doubles and without table or branch, so that C2 vectorises
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

  static final double LN_2 = Math.log(2);
  private static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

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

  /** Puts the results of a function in the place of the first n of {@code x}. */
  @FunctionalInterface
  interface InPlace {
    void apply(float[] x, int n, Scratch s);
  }

  /** A function of several passes, over a copy of one tile after the other. */
  static void inTiles(float[] a, float[] c, int from, int to, InPlace function) {
    Scratch s = Scratch.current();
    float[] x = s.floats[2];
    for (int start = from; start < to; start += Scratch.TILE) {
      int n = Math.min(Scratch.TILE, to - start);
      System.arraycopy(a, start, x, 0, n);
      function.apply(x, n, s);
      System.arraycopy(x, 0, c, start, n);
    }
  }

  static void log(float[] a, float[] c, int from, int to) {
    inTiles(a, c, from, to, FastMath::log);
  }

  private static void log(float[] t, int n, Scratch s) {
    if (isNormal(t, n)) {
      logOfNormal(t, n, s);
    } else {
      for (int i = 0; i < n; i++) {
        t[i] = (float) Math.log(t[i]);
      }
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

  /** Splits x into m * 2^e with m around 1, where log(m) is a short series. */
  private static void logOfNormal(float[] t, int n, Scratch s) {
    int[] bits = s.ints;
    int[] e = s.exponents;
    float[] scale = s.floats[3];
    exponents(t, bits, e, n);
    for (int i = 0; i < n; i++) {
      bits[i] -= e[i] << 23;
    }
    MemorySegment.copy(MemorySegment.ofArray(bits), 0, MemorySegment.ofArray(t), 0, 4L * n);
    for (int i = 0; i < n; i++) {
      scale[i] = e[i];
    }
    for (int i = 0; i < n; i++) {
      t[i] = (float) (scale[i] * LN_2 + logNearOne(t[i]));
    }
  }

  /**
   * The bits of normal numbers, and the e for which x / 2^e is around 1. The bits are copied between arrays
   * of the two types, since {@link Float#floatToRawIntBits} in a loop does not become vector code.
   */
  static void exponents(float[] x, int[] bits, int[] e, int n) {
    MemorySegment.copy(MemorySegment.ofArray(x), 0, MemorySegment.ofArray(bits), 0, 4L * n);
    for (int i = 0; i < n; i++) {
      e[i] = bits[i] - SQRT_HALF_BITS >> 23;
    }
  }

  /** log(m) for m from sqrt(1/2) to sqrt(2), to 5e-11. */
  static double logNearOne(double m) {
    double f = m - 1;
    double q = f / (f + 2);
    double z = q * q;
    return 2 * q * (1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11))))));
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
