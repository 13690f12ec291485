package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Inputs beside a constant that have no name: a fix must not make them twice. */
final class NamelessInputs {
  private NamelessInputs() {}

  static double drawn(int steps) {
    Compiled.With<Double> f = MX.compileWith((scale, in) -> new Array[] {in[0].multiply(scale).tanh()});
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      double scale = 1.0 / (step + 1);
      sum += f.apply(scale, Random.normal(2, 3))[0].sum().item(); // expect: changing-constant
    }
    return sum;
  }

  static double named(int steps) {
    Compiled.With<Double> f = MX.compileWith((scale, in) -> new Array[] {in[0].multiply(scale).tanh()});
    Array[] inputs = {MX.ones(3)};
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      sum += f.apply(0.1 * step, inputs[0])[0].sum().item(); // expect: changing-constant
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(3);
    System.out.printf("%.4f %.4f%n", drawn(4), named(4));
  }
}
