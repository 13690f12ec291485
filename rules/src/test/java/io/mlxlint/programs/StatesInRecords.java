package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.List;

/** Records and objects that hold the state of a loop, evaluated as they should be. */
final class StatesInRecords {

  record State(Array x, Array v) {
    State step() {
      return new State(x.add(v.multiply(0.1)), v.subtract(x.multiply(0.1)));
    }

    double energy() {
      return x.square().add(v.square()).sum().item();
    }
  }

  private static final class Counter {
    private Array count = MX.zeros(3);
    private Array sum = MX.zeros(3);

    void tick(Array x) {
      count = count.add(1.0);
      sum = sum.add(x);
    }

    List<Array> state() {
      return List.of(count, sum);
    }

    Array mean() {
      return sum.divide(count);
    }
  }

  interface Sampler {
    State next(State state);

    default State burn(State state, int steps) {
      for (int i = 0; i < steps; i++) {
        state = next(state);
        MX.eval(state);
      }
      return state;
    }
  }

  /** The read decides which state comes next. */
  private static final class Accepting implements Sampler {
    @Override
    public State next(State state) {
      State proposed = state.step();
      double gain = proposed.x().sum().subtract(state.x().sum()).item();
      return gain > 0 ? proposed : state;
    }
  }

  static double counted(List<Array> all) {
    Counter counter = new Counter();
    for (Array x : all) {
      counter.tick(x);
      MX.eval(counter.state());
    }
    return counter.mean().sum().item();
  }

  static double energies(State state, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      state = state.step();
      MX.eval(state);
      sum += state.energy();
    }
    return sum;
  }

  static double evaluatedAndRead(State state, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      State next = state.step();
      MX.eval(next.x(), next.v());
      sum += next.x().sum().item();
      state = next;
    }
    return sum;
  }

  public static void main(String[] args) {
    State start = new State(MX.ones(3), MX.zeros(3));
    System.out.println(counted(List.of(MX.ones(3), MX.ones(3))) + " " + energies(start, 3) + " "
        + evaluatedAndRead(start, 3) + " " + new Accepting().burn(start, 2).energy());
  }
}
