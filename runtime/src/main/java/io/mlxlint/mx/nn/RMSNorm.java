package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;

/** Root mean square normalisation of the last dimension: weight [dims] ({@code mlx.nn.RMSNorm}). */
public final class RMSNorm extends Module {
  public final Array weight;
  private final double eps;

  /** With an eps of 1e-5. */
  public RMSNorm(int dims) {
    this(dims, 1e-5);
  }

  /** The weight starts as ones. */
  public RMSNorm(int dims, double eps) {
    weight = parameter(MX.ones(dims));
    this.eps = eps;
  }

  @Override
  protected Array forward(Array x) {
    return Fast.rmsNorm(x, weight, eps);
  }
}
