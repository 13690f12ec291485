package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;

/**
 * Normalises groups of the channels of x [N, ..., C] over the dimensions between ({@code mlx.nn.GroupNorm}).
 */
public final class GroupNorm extends Module {
  /** [C], or {@code null}. */
  public final Array weight;
  public final Array bias;
  private final int groups;
  private final double eps;
  private final boolean pytorchCompatible;

  /** With an eps of 1e-5, weight and bias, and MLX's own order of channels. */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, 1e-5, true, false);
  }

  /**
   * @param affine with weight and bias
   * @param pytorchCompatible a group is consecutive channels; otherwise channels with equal remainder
   * @throws IllegalArgumentException if {@code groups} does not divide {@code channels}, or eps is not
   *     positive
   */
  public GroupNorm(int groups, int channels, double eps, boolean affine, boolean pytorchCompatible) {
    Norms.requirePositive("group_norm", eps);
    if (groups < 1 || channels < 1 || channels % groups != 0) {
      throw new IllegalArgumentException("group_norm: " + channels + " channels do not divide into " + groups
          + " groups");
    }
    weight = affine ? parameter(MX.ones(channels)) : null;
    bias = affine ? parameter(MX.zeros(channels)) : null;
    this.groups = groups;
    this.eps = eps;
    this.pytorchCompatible = pytorchCompatible;
  }

  @Override
  protected Array forward(Array x) {
    return Norms.affine(pytorchCompatible ? consecutive(x) : interleaved(x), weight, bias);
  }

  private Array interleaved(Array x) {
    Array grouped = x.reshape(x.shape(0), -1, groups);
    return Norms.scaled(grouped, grouped.mean(1, true), grouped.var(1, true), eps)
        .reshape(x.shape().toArray());
  }

  private Array consecutive(Array x) {
    int batch = x.shape(0);
    int width = x.shape(-1) / groups;
    Array grouped = x.reshape(batch, -1, groups, width).transpose(0, 2, 1, 3).reshape(batch, groups, -1);
    return Fast.layerNorm(grouped, null, null, eps)
        .reshape(batch, groups, -1, width).transpose(0, 2, 1, 3).reshape(x.shape().toArray());
  }
}
