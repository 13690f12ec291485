package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import java.util.ArrayList;
import java.util.List;

/** A recurrent network: the loop over time builds one graph on purpose. */
final class RecurrentNet {

  static final class Cell extends Module {
    private final Linear input;
    private final Linear hidden;

    Cell(int inputs, int width) {
      input = new Linear(inputs, width);
      hidden = new Linear(width, width);
    }

    @Override
    protected Array forward(Array x, Array h) {
      return input.apply(x).add(hidden.apply(h)).tanh();
    }
  }

  static final class Rnn extends Module {
    private final int width;
    private final Cell cell;

    Rnn(int inputs, int width) {
      this.width = width;
      cell = new Cell(inputs, width);
    }

    /** Hidden states [batch, time, width] of x [batch, time, inputs]. */
    @Override
    protected Array forward(Array x) {
      Array h = MX.zeros(x.shape(0), width);
      List<Array> states = new ArrayList<>();
      for (int t = 0; t < x.shape(1); t++) {
        h = cell.apply(x.at(Index.all(), t), h);
        states.add(h);
      }
      return MX.stack(states, 1);
    }
  }

  public static void main(String[] args) {
    Rnn rnn = new Rnn(8, 32);
    for (int batch = 0; batch < 20; batch++) {
      Array states = rnn.apply(Random.normal(4, 50, 8));
      Array last = states.at(Index.all(), -1);
      System.out.println(last.mean().item());
    }
  }
}
