package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** {@code x @ weight.T + bias}: weight [out, in], x [..., in] ({@code mlx.nn.Linear}). */
public final class Linear extends Module {
  public final Array weight;
  public final Array bias;

  /** With a bias; both uniform within {@code 1 / sqrt(in)}. */
  public Linear(int in, int out) {
    this(in, out, true);
  }

  /** As {@link #Linear(int, int)}; without {@code bias} that field is {@code null}. */
  public Linear(int in, int out, boolean bias) {
    double bound = Math.sqrt(1.0 / in);
    weight = parameter(Random.uniform(-bound, bound, new int[] {out, in}));
    this.bias = bias ? parameter(Random.uniform(-bound, bound, new int[] {out})) : null;
  }

  @Override
  protected Array forward(Array x) {
    return bias == null ? MX.matmul(x, weight.T()) : MX.addmm(bias, x, weight.T());
  }
}
