package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Langevin sampling, evaluated after every line "to be safe". */
final class LangevinSteps {

  private static Array energy(Array x) {
    return x.square().subtract(1.0).square().sum();
  }

  static Array sample(Array x, int steps, double rate) {
    Functions.Of1 gradient = MX.grad(LangevinSteps::energy);
    for (int step = 0; step < steps; step++) {
      Array force = gradient.apply(x).negative();
      MX.eval(force); // expect: eval-per-intermediate
      Array drift = x.add(force.multiply(rate));
      MX.eval(drift); // expect: eval-per-intermediate
      Array noise = Random.normal(x.shape(0)).multiply(Math.sqrt(2 * rate));
      x = drift.add(noise);
      MX.eval(x);
    }
    return x;
  }

  /** Timed per phase: the evaluations are what is measured. */
  static long[] timed(Array x, int steps) {
    Functions.Of1 gradient = MX.grad(LangevinSteps::energy);
    long[] spent = new long[2];
    for (int step = 0; step < steps; step++) {
      long start = System.nanoTime();
      Array force = gradient.apply(x);
      MX.eval(force);
      long middle = System.nanoTime();
      x = x.subtract(force.multiply(0.01));
      MX.eval(x);
      spent[0] += middle - start;
      spent[1] += System.nanoTime() - middle;
    }
    return spent;
  }

  /** Two chains that have nothing to do with each other in an iteration. */
  static Array[] alternating(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      MX.eval(x);
      if (step % 10 == 0) {
        y = y.add(x);
        MX.eval(y);
      }
    }
    return new Array[] {x, y};
  }

  public static void main(String[] args) {
    Array x = Random.normal(1000);
    System.out.println(sample(x, 100, 1e-3).std().item() + " " + timed(x, 10)[0]);
    System.out.println(alternating(x, x, 50)[1].sum().item());
  }
}
