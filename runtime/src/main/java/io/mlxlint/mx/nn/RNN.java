package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/**
 * An Elman recurrent layer ({@code mlx.nn.RNN}): x is [..., T, in], the result the hidden states [..., T,
 * hidden] of all steps. Wxh is [hidden, in], Whh [hidden, hidden].
 */
public final class RNN extends Module {
  public final Array Wxh;
  public final Array Whh;
  /** [hidden], or {@code null}. */
  public final Array bias;
  private final Functions.Of1 nonlinearity;

  /** With a bias and {@code tanh}. */
  public RNN(int in, int hidden) {
    this(in, hidden, true, NN::tanh);
  }

  /** All parameters uniform within {@code 1 / sqrt(hidden)}. */
  public RNN(int in, int hidden, boolean bias, Functions.Of1 nonlinearity) {
    Wxh = parameter(Recurrence.uniform(hidden, hidden, in));
    Whh = parameter(Recurrence.uniform(hidden, hidden, hidden));
    this.bias = bias ? parameter(Recurrence.uniform(hidden, hidden)) : null;
    this.nonlinearity = nonlinearity;
  }

  @Override
  protected Array forward(Array x) {
    return forward(x, (Array) null);
  }

  /** From the hidden state [..., hidden] before the first step; {@code null} is zero. */
  @Override
  protected Array forward(Array x, Array hidden) {
    Array fromInput = Recurrence.project(x, Wxh, bias);
    List<Array> all = new ArrayList<>();
    for (Array step : Recurrence.steps(fromInput)) {
      hidden = nonlinearity.apply(hidden == null ? step : MX.addmm(step, hidden, Whh.T()));
      all.add(hidden);
    }
    return MX.stack(all, -2);
  }
}
