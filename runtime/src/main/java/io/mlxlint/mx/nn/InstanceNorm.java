package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;

/**
 * Normalises each channel of each example of x [N, ..., C], with at least three dimensions
 * ({@code mlx.nn.InstanceNorm}).
 */
public final class InstanceNorm extends Module {
  /** [C], or {@code null}. */
  public final Array weight;
  public final Array bias;
  private final double eps;

  /** With an eps of 1e-5, without weight and bias. */
  public InstanceNorm(int channels) {
    this(channels, 1e-5, false);
  }

  /**
   * @param affine with weight and bias
   * @throws IllegalArgumentException if eps is not positive
   */
  public InstanceNorm(int channels, double eps, boolean affine) {
    Norms.requirePositive("instance_norm", eps);
    weight = affine ? parameter(MX.ones(channels)) : null;
    bias = affine ? parameter(MX.zeros(channels)) : null;
    this.eps = eps;
  }

  @Override
  protected Array forward(Array x) {
    if (x.ndim() < 3) {
      throw new IllegalArgumentException("instance_norm: x has at least three dimensions, not " + x.shape());
    }
    Array channelsFirst = MX.moveaxis(x, -1, 1);
    Array rows = channelsFirst.reshape(x.shape(0), x.shape(-1), -1);
    Array y = Fast.layerNorm(rows, null, null, eps);
    return Norms.affine(MX.moveaxis(y.reshape(channelsFirst.shape().toArray()), 1, -1), weight, bias);
  }
}
