package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import java.util.ArrayList;
import java.util.List;

/** Recurrent cells in half precision whose first state is not. */
final class GatedRecurrent {

  static final class Cell extends Module {
    final Linear input;
    final Linear hidden;
    private final int width;

    Cell(int in, int width) {
      input = new Linear(in, 3 * width);
      hidden = new Linear(width, 3 * width, false);
      this.width = width;
    }

    @Override
    protected Array forward(Array x, Array state) {
      Array[] a = input.apply(x).split(3, -1);
      Array[] h = hidden.apply(state).split(3, -1);
      Array reset = MX.sigmoid(a[0].add(h[0]));
      Array keep = MX.sigmoid(a[1].add(h[1]));
      Array proposal = MX.tanh(a[2].add(reset.multiply(h[2])));
      return keep.multiply(state).add(MX.subtract(1.0, keep).multiply(proposal));
    }

    Array start(int batch) {
      return MX.zeros(batch, width);
    }

    Array startLike(Array x) {
      return MX.zeros(x.dtype(), x.shape(0), width);
    }
  }

  private final Cell cell;

  GatedRecurrent(int in, int width) {
    cell = new Cell(in, width);
    cell.setDtype(MX.float16);
  }

  /** The float32 state makes all that follows float32, from the first product on. */
  Array encode(Array x) {
    Array state = cell.start(x.shape(0));
    Array first = state.matmul(cell.hidden.weight.T()); // expect: default-dtype-creator
    return first;
  }

  List<Array> states(Array x) {
    List<Array> all = new ArrayList<>();
    Array state = cell.startLike(x);
    for (int t = 0; t < x.shape(1); t++) {
      state = cell.apply(x.at(Index.all(), t), state);
      all.add(state);
    }
    return all;
  }

  /** The last states, weighted by age on the host. */
  Array summary(Array x) {
    List<Array> states = states(x);
    Array sum = MX.zerosLike(states.getLast());
    double weight = 1;
    for (Array state : states.reversed()) {
      sum = sum.add(state.multiply(weight));
      weight *= 0.5;
    }
    return sum;
  }

  /** The last states, weighted by age on the device. */
  Array weighted(Array x) {
    Array stacked = MX.stack(states(x), 0);
    int n = stacked.shape(0);
    Array ages = MX.power(MX.array(0.5), MX.arange(n).astype(MX.float16)); // expect: scalar-array-upcast
    return stacked.multiply(ages.astype(MX.float16).reshape(n, 1, 1)).sum(0);
  }

  public static void main(String[] args) {
    GatedRecurrent net = new GatedRecurrent(8, 16);
    Array x = Random.normal(4, 5, 8).astype(MX.float16);
    System.out.println(net.encode(x).dtype() + " " + net.summary(x).dtype() + " " + net.weighted(x).dtype());
  }
}
