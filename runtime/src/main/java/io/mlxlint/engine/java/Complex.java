package io.mlxlint.engine.java;

/**
 * A complex number in double precision; two floats in storage, rounded once. Functions follow the branch cuts
 * of C, and with them the sign of zero decides the side of a cut.
 */
record Complex(double re, double im) {
  private static final double LOG_2 = Math.log(2);
  private static final double LOG_10 = Math.log(10);

  /** The lower half of the bits is the real part. */
  static Complex of(long bits) {
    return new Complex(Float.intBitsToFloat((int) bits), Float.intBitsToFloat((int) (bits >>> 32)));
  }

  static long bits(float re, float im) {
    return Float.floatToRawIntBits(re) & 0xffffffffL | (long) Float.floatToRawIntBits(im) << 32;
  }

  long bits() {
    return bits((float) re, (float) im);
  }

  boolean isZero() {
    return re == 0 && im == 0;
  }

  /** As a bool. MLX casts to a real number first, so that the imaginary part has no say. */
  boolean isTrue() {
    return re != 0;
  }

  boolean isNaN() {
    return re != re || im != im;
  }

  /** By the real part, then the imaginary one; NaN after everything. */
  static int compare(Complex a, Complex b) {
    if (a.isNaN() || b.isNaN()) {
      return Boolean.compare(a.isNaN(), b.isNaN());
    }
    return a.re == b.re ? a.im == b.im ? 0 : Double.compare(a.im, b.im) : Double.compare(a.re, b.re);
  }

  Complex plus(Complex z) {
    return new Complex(re + z.re, im + z.im);
  }

  Complex minus(Complex z) {
    return new Complex(re - z.re, im - z.im);
  }

  /** An infinite factor gives an infinite product unless the other is zero, as in C. */
  Complex times(Complex z) {
    Complex product = new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
    if (product.re == product.re || product.im == product.im || !isInfinite() && !z.isInfinite()) {
      return product;
    }
    Complex a = isInfinite() ? direction() : numbers();
    Complex b = z.isInfinite() ? z.direction() : z.numbers();
    return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re).times(Double.POSITIVE_INFINITY);
  }

  Complex times(double x) {
    return new Complex(re * x, im * x);
  }

  Complex over(Complex z) {
    double scale = z.re * z.re + z.im * z.im;
    if (scale == 0 && !(isNaN() && !isInfinite())) {
      return times(Math.copySign(Double.POSITIVE_INFINITY, z.re));
    }
    if (z.isInfinite() && !isInfinite() && !isNaN()) {
      return times(z.direction().conjugate()).times(0);
    }
    if (isInfinite() && !z.isInfinite() && !z.isNaN()) {
      return direction().times(z.conjugate()).times(Double.POSITIVE_INFINITY);
    }
    return new Complex((re * z.re + im * z.im) / scale, (im * z.re - re * z.im) / scale);
  }

  boolean isInfinite() {
    return Double.isInfinite(re) || Double.isInfinite(im);
  }

  /** Ones for infinite parts, zeros for finite ones, with their signs. */
  private Complex direction() {
    return new Complex(Math.copySign(Double.isInfinite(re) ? 1 : 0, re),
        Math.copySign(Double.isInfinite(im) ? 1 : 0, im));
  }

  /** Zeros for NaN. */
  private Complex numbers() {
    return new Complex(re == re ? re : 0, im == im ? im : 0);
  }

  Complex negated() {
    return new Complex(-re, -im);
  }

  Complex conjugate() {
    return new Complex(re, -im);
  }

  double abs() {
    return Math.hypot(re, im);
  }

  /** The number of size one in the same direction. */
  Complex sign() {
    double abs = abs();
    return isZero() ? this : new Complex(re / abs, im / abs);
  }

  Complex round() {
    return new Complex(Math.rint(re), Math.rint(im));
  }

  Complex exp() {
    double scale = Math.exp(re);
    return im == 0 ? new Complex(scale, im) : new Complex(scale * Math.cos(im), scale * Math.sin(im));
  }

  Complex log() {
    return new Complex(Math.log(abs()), Math.atan2(im, re));
  }

  Complex log2() {
    return log().times(1 / LOG_2);
  }

  Complex log10() {
    return log().times(1 / LOG_10);
  }

  /** Exact near zero, where adding one would lose it. */
  Complex log1p() {
    double re = abs() < 0.5 ? Math.log1p(this.re * (2 + this.re) + im * im) / 2 : Math.log(onePlus().abs());
    return new Complex(re, Math.atan2(im, 1 + this.re));
  }

  Complex sqrt() {
    if (isZero()) {
      return new Complex(0, im);
    }
    double half = Math.sqrt((Math.abs(re) + abs()) / 2);
    return re >= 0
        ? new Complex(half, im / (2 * half))
        : new Complex(Math.abs(im) / (2 * half), Math.copySign(half, im));
  }

  /** The exponential of the exponent times the logarithm, as C computes it; only the power 0 of 0 is open. */
  Complex power(Complex exponent) {
    return isZero() && exponent.re > 0 ? new Complex(0, 0) : exponent.times(log()).exp();
  }

  Complex reciprocal() {
    return new Complex(1, 0).over(this);
  }

  Complex sin() {
    return new Complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
  }

  Complex cos() {
    return new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
  }

  Complex sinh() {
    return new Complex(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im));
  }

  Complex cosh() {
    return new Complex(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im));
  }

  Complex tan() {
    return new Complex(-im, re).tanh().dividedByI();
  }

  Complex tanh() {
    // beyond this the hyperbolic functions of 2x overflow, and the quotient is one
    if (Math.abs(re) > 350) {
      return new Complex(Math.signum(re), Math.copySign(0, Math.sin(2 * im)));
    }
    double scale = Math.cosh(2 * re) + Math.cos(2 * im);
    return new Complex(Math.sinh(2 * re) / scale, Math.sin(2 * im) / scale);
  }

  // The inverse functions in Kahan's form: no cancellation, and the right side of each cut.

  Complex arcsin() {
    Complex below = oneMinus().sqrt();
    Complex above = onePlus().sqrt();
    return new Complex(Math.atan2(re, below.times(above).re), arcsinh(below.conjugate().times(above).im));
  }

  Complex arccos() {
    Complex below = oneMinus().sqrt();
    Complex above = onePlus().sqrt();
    return new Complex(2 * Math.atan2(below.re, above.re), arcsinh(above.conjugate().times(below).im));
  }

  Complex arctan() {
    return new Complex(-im, re).arctanh().dividedByI();
  }

  Complex arcsinh() {
    return new Complex(-im, re).arcsin().dividedByI();
  }

  Complex arccosh() {
    Complex below = new Complex(re - 1, im).sqrt();
    Complex above = onePlus().sqrt();
    return new Complex(arcsinh(below.conjugate().times(above).re), 2 * Math.atan2(below.im, above.re));
  }

  Complex arctanh() {
    double distance = (1 - re) * (1 - re) + im * im;
    return new Complex(Math.log1p(4 * re / distance) / 4,
        Math.atan2(2 * im, (1 - re) * (1 + re) - im * im) / 2);
  }

  /** The logarithm of the sum of the exponentials, from the larger one. */
  Complex logAddExp(Complex z) {
    if (isNaN() || z.isNaN()) {
      return new Complex(Double.NaN, Double.NaN);
    }
    boolean larger = compare(this, z) > 0;
    Complex most = larger ? this : z;
    Complex least = larger ? z : this;
    return least.re == Double.NEGATIVE_INFINITY || most.re == Double.POSITIVE_INFINITY
        ? most
        : most.plus(least.minus(most).exp().onePlus().log());
  }

  // The sign of a zero imaginary part must survive, so one is not added as a complex number.

  private Complex onePlus() {
    return new Complex(1 + re, im);
  }

  private Complex oneMinus() {
    return new Complex(1 - re, -im);
  }

  private Complex dividedByI() {
    return new Complex(im, -re);
  }

  private static double arcsinh(double x) {
    double a = Math.abs(x);
    return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))), x);
  }
}
