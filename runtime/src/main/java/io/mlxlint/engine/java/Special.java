package io.mlxlint.engine.java;

/** Functions that {@link Math} does not have, in double precision. */
final class Special {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  /**
   * erf and its derivatives divided by factorials, at multiples of 1/8 up to 6: erf is its Taylor series
   * there.
   */
  private static final int STEPS_PER_UNIT = 8;
  private static final int END = 6;
  private static final int TERMS = 12;
  private static final double[] TAYLOR = taylor();

  private Special() {}

  static double erf(double x) {
    double a = Math.abs(x);
    if (!(a < END)) {
      return a == a ? Math.signum(x) : x;
    }
    int step = (int) (a * STEPS_PER_UNIT + 0.5);
    double h = a - step * (1.0 / STEPS_PER_UNIT);
    int at = step * TERMS;
    double sum = TAYLOR[at + TERMS - 1];
    for (int i = TERMS - 2; i >= 0; i--) {
      sum = sum * h + TAYLOR[at + i];
    }
    return Math.copySign(sum, x);
  }

  /** From a rough guess by two steps of Halley's method, which triples the digits each time. */
  static double erfinv(double x) {
    double a = Math.abs(x);
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    if (a < 1e-8) {
      return x / TWO_OVER_SQRT_PI;
    }
    double log = Math.log1p(-a * a);
    double k = 2 / (Math.PI * 0.147) + log / 2;
    double y = Math.sqrt(Math.sqrt(k * k - log / 0.147) - k);
    for (int i = 0; i < 2; i++) {
      double error = (erf(y) - a) / (TWO_OVER_SQRT_PI * Math.exp(-y * y));
      y -= error / (1 + y * error);
    }
    return Math.copySign(y, x);
  }

  /** As C and MLX: 1 to any power is 1, and so is -1 to an infinite one. */
  static double power(double a, double b) {
    return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
  }

  static double arcsinh(double x) {
    double a = Math.abs(x);
    double y = a > 1e8 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(y, x);
  }

  static double arccosh(double x) {
    return x > 1e8 ? Math.log(x) + Math.log(2) : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
  }

  static double arctanh(double x) {
    return Math.copySign(0.5 * Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))), x);
  }

  static double logaddexp(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return low == Double.NEGATIVE_INFINITY || high == Double.POSITIVE_INFINITY || high != high
        ? high
        : high + Math.log1p(Math.exp(low - high));
  }

  private static double[] taylor() {
    double[] table = new double[(END * STEPS_PER_UNIT + 1) * TERMS];
    for (int step = 0; step <= END * STEPS_PER_UNIT; step++) {
      double x = (double) step / STEPS_PER_UNIT;
      int at = step * TERMS;
      table[at] = erfBySeries(x);
      // The n-th derivative of exp(-x*x) is a Hermite polynomial times it, by the three-term recurrence.
      double before = 0;
      double derivative = TWO_OVER_SQRT_PI * Math.exp(-x * x);
      double factorial = 1;
      for (int n = 1; n < TERMS; n++) {
        factorial *= n;
        table[at + n] = derivative / factorial;
        double next = -2 * x * derivative - 2 * (n - 1) * before;
        before = derivative;
        derivative = next;
      }
    }
    return table;
  }

  /** All terms are positive, so nothing cancels. */
  private static double erfBySeries(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
  }
}
