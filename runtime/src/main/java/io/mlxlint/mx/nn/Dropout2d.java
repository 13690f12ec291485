package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;

/**
 * In training, zeros whole channels of x [N, H, W, C] or [H, W, C] with probability {@code p} and scales the
 * rest up ({@code mlx.nn.Dropout2d}).
 */
public final class Dropout2d extends Module {
  private final double p;

  /** A probability outside [0, 1) is an {@link IllegalArgumentException}. */
  public Dropout2d(double p) {
    Dropout.requireProbability("dropout2d", p);
    this.p = p;
  }

  @Override
  protected Array forward(Array x) {
    if (x.ndim() != 3 && x.ndim() != 4) {
      throw new IllegalArgumentException("dropout2d: x is [N, H, W, C] or [H, W, C], not " + x.shape());
    }
    if (p == 0 || !training()) {
      return x;
    }
    int[] shape = x.shape().toArray();
    shape[x.ndim() - 2] = 1;
    shape[x.ndim() - 3] = 1;
    return Dropout.dropped(x, p, shape);
  }
}
