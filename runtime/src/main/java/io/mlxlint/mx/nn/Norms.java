package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** What normalising layers share. */
final class Norms {

  private Norms() {}

  static void requirePositive(String name, double eps) {
    if (!(eps > 0)) {
      throw new IllegalArgumentException(name + ": an eps of " + eps + ", it must be positive");
    }
  }

  /** {@code (x - mean) / sqrt(var + eps)}. */
  static Array scaled(Array x, Array mean, Array var, double eps) {
    return x.subtract(mean).multiply(MX.rsqrt(var.add(eps)));
  }

  /** {@code weight * x + bias}, or x where there is no weight. */
  static Array affine(Array x, Array weight, Array bias) {
    return weight == null ? x : weight.multiply(x).add(bias);
  }
}
