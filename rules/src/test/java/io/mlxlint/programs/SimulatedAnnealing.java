package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Annealing with the state in fields and the step in methods. */
final class SimulatedAnnealing {
  private final Compiled.With<Float> proposal = MX.compileWith((heat, in) ->
      new Array[] {in[0].add(in[1].multiply(heat))});
  private final java.util.Random dice = new java.util.Random(5);
  private Array state;
  private float heat = 1;
  private double energy;
  private int accepted;

  SimulatedAnnealing(Array start) {
    state = start;
    energy = energyOf(start);
  }

  private static double energyOf(Array x) {
    return x.square().sum().subtract(x.multiply(3.0).cos().sum()).item();
  }

  /** Cools down: the constant is another one in each step. */
  private void step() {
    heat *= 0.99f;
    Array moved = proposal.apply(heat, state, Random.normal(state.shape(0)))[0]; // expect: changing-constant
    double now = energyOf(moved);
    if (now < energy || dice.nextDouble() < Math.exp((energy - now) / heat)) {
      state = moved;
      energy = now;
      accepted++;
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  /** At one heat: one trace. */
  void tempered(int steps) {
    float fixed = heat;
    for (int i = 0; i < steps; i++) {
      Array moved = proposal.apply(fixed, state, Random.normal(state.shape(0)))[0];
      double now = energyOf(moved);
      if (now < energy) {
        state = moved;
        energy = now;
      }
    }
  }

  public static void main(String[] args) {
    SimulatedAnnealing annealing = new SimulatedAnnealing(Random.normal(12));
    annealing.run(40);
    annealing.tempered(20);
    System.out.println(annealing.energy + " after " + annealing.accepted);
  }
}
