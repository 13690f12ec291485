package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Scalars in fields and lambdas that scale a half-precision loss. */
final class HalfLossScale {
  private final Array scale;
  private final double plain;
  private final UnaryOperator<Array> soften;

  HalfLossScale(double scale) {
    this.scale = MX.array(scale);
    plain = scale;
    soften = x -> x.divide(MX.array(1.5)); // expect: scalar-array-upcast
  }

  private Array residual(Array x, Array w) {
    return x.matmul(w).subtract(1.0);
  }

  Array loss(Array x, Array w) {
    Array r = residual(x, w).square();
    return r.multiply(scale).mean(); // expect: scalar-array-upcast
  }

  Array plainLoss(Array x, Array w) {
    return residual(x, w).square().multiply(plain).mean();
  }

  Array softened(Array x, Array w) {
    return soften.apply(residual(x, w));
  }

  /** The reduction is meant to be float32. */
  Array precise(Array x, Array w) {
    Array r = residual(x, w).square();
    return r.astype(MX.float32).multiply(scale).mean();
  }

  static Optional<Array> weights(boolean present) {
    return present ? Optional.of(Random.normal(32, 4).astype(MX.float16)) : Optional.empty();
  }

  public static void main(String[] args) {
    HalfLossScale losses = new HalfLossScale(1024);
    Array x = Random.normal(8, 32).astype(MX.float16);
    weights(args.length == 0).ifPresent(w -> {
      Array a = losses.loss(x, w);
      Array b = losses.plainLoss(x, w);
      Array c = losses.softened(x, w);
      Array d = losses.precise(x, w);
      MX.eval(a, b, c, d);
      System.out.println(a.dtype() + " " + b.dtype() + " " + c.dtype() + " " + d.dtype());
    });
  }
}
