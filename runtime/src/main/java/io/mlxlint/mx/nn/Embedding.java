package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.Performs;

/** Rows of a table by integer index: weight [count, dims] ({@code mlx.nn.Embedding}). */
public final class Embedding extends Module {
  public final Array weight;

  /** Normal with deviation {@code 1 / sqrt(dims)}. */
  public Embedding(int count, int dims) {
    weight = parameter(MX.tidy(() ->
        Random.normal(new int[] {count, dims}, MX.float32, 0, Math.sqrt(1.0 / dims), null)));
  }

  @Override
  protected Array forward(Array indices) {
    return weight.at(indices);
  }

  /** {@code x @ weight.T}: the table as the last layer of a language model. */
  @Performs
  public Array asLinear(Array x) {
    return MX.tidy(() -> MX.matmul(x, weight.T()));
  }
}
