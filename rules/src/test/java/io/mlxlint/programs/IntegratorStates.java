package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** States that are records: each step makes a new one, and evaluating one component is not enough. */
final class IntegratorStates {

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
  }

  static State forgetful(int n, int steps) {
    State state = State.rest(n);
    for (int i = 0; i < steps; i++) {
      state = state.step(0.01); // expect: unevaluated-loop-state
      MX.eval(state.x(), state.v());
    }
    return state;
  }

  static State careful(int n, int steps) {
    State state = State.rest(n);
    for (int i = 0; i < steps; i++) {
      state = state.step(0.01);
      MX.eval(state);
    }
    return state;
  }

  static State named(int n, int steps) {
    State state = State.rest(n);
    for (int i = 0; i < steps; i++) {
      state = state.step(0.01);
      MX.eval(state.x(), state.v(), state.work());
    }
    return state;
  }

  public static void main(String[] args) {
    Random.seed(1);
    System.out.println(forgetful(8, 40).work().item() + " " + careful(8, 40).work().item() + " "
        + named(8, 40).work().item());
  }
}
