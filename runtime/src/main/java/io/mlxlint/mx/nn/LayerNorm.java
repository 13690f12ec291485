package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;

/** Layer normalisation of the last dimension: weight and bias [dims] ({@code mlx.nn.LayerNorm}). */
public final class LayerNorm extends Module {
  public final Array weight;
  public final Array bias;
  private final double eps;

  /** With weight and bias, and an eps of 1e-5. */
  public LayerNorm(int dims) {
    this(dims, 1e-5, true, true);
  }

  /**
   * @param affine with a weight
   * @param bias with a bias, if affine
   */
  public LayerNorm(int dims, double eps, boolean affine, boolean bias) {
    weight = affine ? parameter(MX.ones(dims)) : null;
    this.bias = affine && bias ? parameter(MX.zeros(dims)) : null;
    this.eps = eps;
  }

  @Override
  protected Array forward(Array x) {
    return Fast.layerNorm(x, weight, bias, eps);
  }
}
