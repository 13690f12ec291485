package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;

/** Gives its input back ({@code mlx.nn.Identity}). */
public final class Identity extends Module {

  @Override
  protected Array forward(Array x) {
    return x;
  }
}
