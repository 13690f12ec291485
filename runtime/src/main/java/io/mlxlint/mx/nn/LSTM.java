package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.Performs;
import java.util.ArrayList;
import java.util.List;

/**
 * A long short-term memory ({@code mlx.nn.LSTM}): x is [..., T, in]. MLX's call gives hidden and cell states;
 * here {@link #states} does, and {@code apply} gives the hidden ones alone, [..., T, hidden]. The rows of Wx
 * [4 hidden, in], Wh [4 hidden, hidden] and bias are those of the input and the forget gate, the new cell and
 * the output gate.
 */
public final class LSTM extends Module {
  public final Array Wx;
  public final Array Wh;
  /** [4 hidden], or {@code null}. */
  public final Array bias;

  /** With a bias. */
  public LSTM(int in, int hidden) {
    this(in, hidden, true);
  }

  /** All parameters uniform within {@code 1 / sqrt(hidden)}. */
  public LSTM(int in, int hidden, boolean bias) {
    Wx = parameter(Recurrence.uniform(hidden, 4 * hidden, in));
    Wh = parameter(Recurrence.uniform(hidden, 4 * hidden, hidden));
    this.bias = bias ? parameter(Recurrence.uniform(hidden, 4 * hidden)) : null;
  }

  /**
   * The states after each step.
   *
   * @param hidden [..., T, hidden]
   * @param cell [..., T, hidden]
   */
  public record States(Array hidden, Array cell) {}

  @Override
  protected Array forward(Array x) {
    return run(x, null, null).hidden;
  }

  /** From the hidden and the cell state [..., hidden] before the first step; {@code null} is zero. */
  @Override
  protected Array forward(Array x, Array hidden, Array cell) {
    return run(x, hidden, cell).hidden;
  }

  /** From zero states. */
  @Performs
  public States states(Array x) {
    return states(x, null, null);
  }

  /** From the hidden and the cell state [..., hidden] before the first step; {@code null} is zero. */
  @Performs
  public States states(Array x, Array hidden, Array cell) {
    return MX.tidy(() -> run(x, hidden, cell));
  }

  private States run(Array x, Array hidden, Array cell) {
    List<Array> allHidden = new ArrayList<>();
    List<Array> allCells = new ArrayList<>();
    for (Array step : Recurrence.steps(Recurrence.project(x, Wx, bias))) {
      Array[] gates = (hidden == null ? step : MX.addmm(step, hidden, Wh.T())).split(4, -1);
      Array added = MX.sigmoid(gates[0]).multiply(MX.tanh(gates[2]));
      cell = cell == null ? added : MX.sigmoid(gates[1]).multiply(cell).add(added);
      hidden = MX.sigmoid(gates[3]).multiply(MX.tanh(cell));
      allCells.add(cell);
      allHidden.add(hidden);
    }
    return new States(MX.stack(allHidden, -2), MX.stack(allCells, -2));
  }
}
