package io.mlxlint.programs.metrics;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** A diffusion whose figures are kept by objects of their own. */
final class Simulation {
  private final Mean heat = new Mean();
  private final Peak peak = new Peak();
  private Array field;

  Simulation(int n) {
    field = Random.normal(n, n);
  }

  private void advance() {
    Array around = MX.roll(field, 1, 0).add(MX.roll(field, -1, 0)).add(MX.roll(field, 1, 1))
        .add(MX.roll(field, -1, 1));
    field = field.multiply(0.6).add(around.multiply(0.1));
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      advance();
      MX.eval(field);
      heat.add(field.mean());
      peak.add(field.max());
    }
  }

  public static void main(String[] args) {
    Simulation simulation = new Simulation(128);
    simulation.run(500);
    System.out.println(simulation.heat.value() + " " + simulation.peak.value());
  }
}
