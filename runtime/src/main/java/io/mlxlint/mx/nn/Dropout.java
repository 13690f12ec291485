package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** In training, zeros with probability {@code p} and scales the rest up ({@code mlx.nn.Dropout}). */
public final class Dropout extends Module {
  private final double p;

  /** A probability outside [0, 1) is an {@link IllegalArgumentException}. */
  public Dropout(double p) {
    if (p < 0 || p >= 1) {
      throw new IllegalArgumentException("dropout: a probability of " + p + ", it must be in [0, 1)");
    }
    this.p = p;
  }

  @Override
  protected Array forward(Array x) {
    if (p == 0 || !training()) {
      return x;
    }
    Array mask = Random.bernoulli(1 - p, x.shape().toArray());
    return MX.multiply(1 / (1 - p), MX.multiply(mask, x));
  }
}
