package io.mlxlint.engine.java;

/**
 * The exponential family for float32, in doubles and without table or branch, so that C2 vectorises it.
 *
 * <p>All start from {@code exp(x) - 1} of a small argument, a polynomial, and double the argument again and again:
 * {@code expm1(2x) = expm1(x) * (expm1(x) + 2)}. That keeps small results exact and needs no bits of a float.
 */
final class FastMath {
  /** Beyond these the float32 result is 0 or infinite. */
  private static final double LOWEST = -104;
  private static final double HIGHEST = 89;
  private static final double HALVED = 1.0 / 1024;

  private FastMath() {}

  static void exp(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      double r = Math.min(Math.max(a[i], LOWEST), HIGHEST) * HALVED;
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
      c[i] = (float) (u * u);
    }
  }

  static void expm1(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = (float) Math.expm1(a[i]);
    }
  }

  static void log(float[] a, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] = (float) Math.log(a[i]);
    }
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
