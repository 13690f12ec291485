package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.op.Performs;

/** Rotary positions on x [..., T, D] with at least three dimensions ({@code mlx.nn.RoPE}). */
public final class RoPE extends Module {
  private final int dims;
  private final boolean traditional;
  private final double base;
  private final double scale;

  /** Halves are rotated, with a base of 10000 and a scale of 1. */
  public RoPE(int dims) {
    this(dims, false, 10000, 1);
  }

  /** See {@link Fast#rope(Array, int, boolean, double, double, int)}. */
  public RoPE(int dims, boolean traditional, double base, double scale) {
    this.dims = dims;
    this.traditional = traditional;
    this.base = base;
    this.scale = scale;
  }

  @Override
  protected Array forward(Array x) {
    return apply(x, 0);
  }

  @Override
  protected Array forward(Array x, Array offset) {
    return Fast.rope(x, dims, traditional, base, scale, offset);
  }

  /** Position {@code offset} is the first one of x. */
  @Performs("rope")
  public Array apply(Array x, int offset) {
    return MX.tidy(() -> Fast.rope(x, dims, traditional, base, scale, offset));
  }
}
