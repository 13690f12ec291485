package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** States that are records, where what is evaluated of them is made of all that grows. */
final class WatchedStates {

  record State(Array x, Array v, Array work, int steps) {
    static State rest(int n) {
      return new State(MX.ones(n), MX.zeros(n), MX.array(0.0), 0);
    }

    State step(double dt) {
      Array force = x.negative();
      Array v2 = v.add(force.multiply(dt));
      Array x2 = x.add(v2.multiply(dt));
      return new State(x2, v2, work.add(force.multiply(v2).sum()), steps + 1);
    }

    /** Nothing of the work before is in it. */
    State restarted() {
      return new State(x, v, x.sum(), 0);
    }

    Array energy() {
      return work.add(v.square().sum());
    }
  }

  /** The position is made of the sum of all positions before. */
  record Drift(Array x, Array sum) {
    Drift step() {
      return new Drift(x.add(sum.multiply(0.01)).tanh(), sum.add(x));
    }
  }

  /** The energy that is read is made of the work. */
  static double watched(int n, int steps) {
    State state = State.rest(n);
    double highest = 0;
    for (int i = 0; i < steps; i++) {
      state = state.step(0.01);
      highest = Math.max(highest, state.energy().item());
    }
    return highest;
  }

  static State restarting(int n, int steps) {
    State state = State.rest(n);
    for (int i = 0; i < steps; i++) {
      state = state.restarted();
      MX.eval(state.x().multiply(i));
    }
    return state;
  }

  /** The next position computes the sum: one step of it is left at most. */
  static Drift drifting(int n, int steps) {
    Drift drift = new Drift(MX.ones(n), MX.zeros(n));
    for (int i = 0; i < steps; i++) {
      drift = drift.step();
      MX.eval(drift.x());
    }
    return drift;
  }

  public static void main(String[] args) {
    Random.seed(1);
    System.out.println(watched(8, 40) + " " + restarting(8, 40).work().item() + " "
        + drifting(8, 40).sum().sum().item());
  }
}
