package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** In training, zeros with probability {@code p} and scales the rest up ({@code mlx.nn.Dropout}). */
public final class Dropout extends Module {
  private final double p;

  /** A probability outside [0, 1) is an {@link IllegalArgumentException}. */
  public Dropout(double p) {
    requireProbability("dropout", p);
    this.p = p;
  }

  static void requireProbability(String name, double p) {
    if (p < 0 || p >= 1) {
      throw new IllegalArgumentException(name + ": a probability of " + p + ", it must be in [0, 1)");
    }
  }

  @Override
  protected Array forward(Array x) {
    return p == 0 || !training() ? x : dropped(x, p, x.shape().toArray());
  }

  /** Zeros what a mask of this shape picks with probability {@code p}. */
  static Array dropped(Array x, double p, int[] mask) {
    return MX.multiply(1 / (1 - p), MX.multiply(Random.bernoulli(1 - p, mask), x));
  }
}
