package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Locale;
import java.util.Map;

/** Bodies that attract each other, and couplings that change. */
final class BodiesAndWaves {

  /** Positions and velocities, each [n, 2]. */
  record State(Array position, Array velocity) {
    State kicked(Array force, double dt) {
      return new State(position, velocity.add(force.multiply(dt)));
    }

    State drifted(double dt) {
      return new State(position.add(velocity.multiply(dt)), velocity);
    }

    Array energy() {
      return velocity.square().sum().multiply(0.5);
    }
  }

  private interface Integrator {
    State step(State state, double dt);

    default State run(State start, int steps, double dt) {
      State state = start;
      for (int i = 0; i < steps; i++) {
        state = step(state, dt);
        MX.eval(state);
      }
      return state;
    }
  }

  private static final class Leapfrog implements Integrator {
    @Override
    public State step(State s, double dt) {
      State half = s.kicked(force(s.position()), dt / 2).drifted(dt);
      return half.kicked(force(half.position()), dt / 2);
    }
  }

  private static final class Euler implements Integrator {
    @Override
    public State step(State s, double dt) {
      return s.kicked(force(s.position()), dt).drifted(dt);
    }
  }

  static Array force(Array position) {
    Array d = position.expandDims(0).subtract(position.expandDims(1));
    Array r2 = d.square().sum(-1, true).add(0.1);
    return d.divide(r2.multiply(r2.sqrt())).sum(1);
  }

  /** Adds up momentum without ever evaluating it. */
  static Array momentum(Integrator integrator, State start, int steps) {
    State state = start;
    Array momentum = MX.zeros(2);
    for (int i = 0; i < steps; i++) {
      state = integrator.step(state, 0.01);
      momentum = momentum.add(state.velocity().sum(0)); // expect: unevaluated-loop-state
      MX.eval(state);
    }
    return momentum;
  }

  /** Evaluates the force and then the state. */
  static State twice(State start, int steps) {
    State state = start;
    for (int i = 0; i < steps; i++) {
      Array f = force(state.position());
      MX.eval(f); // expect: eval-per-intermediate
      state = state.kicked(f, 0.01).drifted(0.01);
      MX.eval(state);
    }
    return state;
  }

  /** A step compiled for each coupling, which changes all the time. */
  static Array couplings(Array x, int steps) {
    Compiled.With<Map<String, Double>> step = MX.compileWith(
        (c, in) -> new Array[] {in[0].add(in[0].sin().multiply(c.get("k")))});
    for (int i = 0; i < steps; i++) {
      x = step.apply(Map.of("k", 0.1 * i), x)[0]; // expect: changing-constant
      MX.eval(x);
    }
    return x;
  }

  /** The grid is made lazily and captured; each call would make it again. */
  static Array onGrid(int n, int steps) {
    Array grid = MX.stack(MX.meshgrid(MX.arange(0.0, n, 1.0), MX.arange(0.0, n, 1.0))).sin();
    Functions.Of1 rule = x -> x.multiply(0.9).add(grid.sum(0)); // expect: lazy-capture
    Compiled step = MX.compile(rule);
    Array x = MX.zeros(n, n);
    for (int i = 0; i < steps; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Random.seed(13);
    State start = new State(Random.normal(5, 2), MX.zeros(5, 2));
    MX.eval(start);
    System.out.printf(Locale.ROOT, "%.3f%n", new Leapfrog().run(start, 10, 0.01).energy().item());
    System.out.println(momentum(new Euler(), start, 5).shape());
    System.out.printf(Locale.ROOT, "%.3f%n", twice(start, 5).energy().item());
    System.out.printf(Locale.ROOT, "%.3f%n", couplings(MX.ones(4), 5).sum().item());
    System.out.printf(Locale.ROOT, "%.3f%n", onGrid(3, 5).sum().item());
  }
}
