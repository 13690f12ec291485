package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/**
 * A gated recurrent unit ({@code mlx.nn.GRU}): x is [..., T, in], the result the hidden states [..., T,
 * hidden] of all steps. The rows of Wx [3 hidden, in], Wh [3 hidden, hidden] and b are those of the reset
 * gate, the update gate and the new state.
 */
public final class GRU extends Module {
  public final Array Wx;
  public final Array Wh;
  /** [3 hidden], or {@code null}. */
  public final Array b;
  /** [hidden], added to what the hidden state gives to the new one, or {@code null}. */
  public final Array bhn;

  /** With biases. */
  public GRU(int in, int hidden) {
    this(in, hidden, true);
  }

  /** All parameters uniform within {@code 1 / sqrt(hidden)}. */
  public GRU(int in, int hidden, boolean bias) {
    Wx = parameter(Recurrence.uniform(hidden, 3 * hidden, in));
    Wh = parameter(Recurrence.uniform(hidden, 3 * hidden, hidden));
    b = bias ? parameter(Recurrence.uniform(hidden, 3 * hidden)) : null;
    bhn = bias ? parameter(Recurrence.uniform(hidden, hidden)) : null;
  }

  @Override
  protected Array forward(Array x) {
    return forward(x, (Array) null);
  }

  /** From the hidden state [..., hidden] before the first step; {@code null} is zero. */
  @Override
  protected Array forward(Array x, Array hidden) {
    List<Array> all = new ArrayList<>();
    for (Array step : Recurrence.steps(Recurrence.project(x, Wx, b))) {
      hidden = next(step, hidden);
      all.add(hidden);
    }
    return MX.stack(all, -2);
  }

  private Array next(Array fromInput, Array hidden) {
    Array[] in = fromInput.split(3, -1);
    if (hidden == null) {
      Array reset = MX.sigmoid(in[0]);
      Array update = MX.sigmoid(in[1]);
      Array fresh = MX.tanh(bhn == null ? in[2] : in[2].add(reset.multiply(bhn)));
      return MX.subtract(1, update).multiply(fresh);
    }
    Array[] past = hidden.matmul(Wh.T()).split(3, -1);
    Array reset = MX.sigmoid(in[0].add(past[0]));
    Array update = MX.sigmoid(in[1].add(past[1]));
    Array kept = bhn == null ? past[2] : past[2].add(bhn);
    Array fresh = MX.tanh(in[2].add(reset.multiply(kept)));
    return MX.subtract(1, update).multiply(fresh).add(update.multiply(hidden));
  }
}
