package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Functions that compute with their constant before it meets an array, and elements of components. */
final class ArithmeticConstants {

  record Scored(int id, Array scores) {
    /** Through the component itself. */
    double sum() {
      double sum = 0;
      for (int i = 0; i < scores().shape(0); i++) {
        sum += Math.abs(scores().at(i).item()); // expect: host-read-in-loop
      }
      return sum;
    }
  }

  private final Compiled.With<Float> explore = MX.compileWith((Float eps, Array[] in) ->
      new Array[] {in[0].multiply(1 - eps).add(in[1].multiply(eps))});

  Array explored(Array q, int steps) {
    for (int t = 0; t < steps; t++) {
      q = explore.apply(1f / (t + 2), q, q.square())[0]; // expect: changing-constant
      MX.eval(q);
    }
    return q;
  }

  static Array squeezed(Array x, int steps) {
    Compiled.With<Double> f = MX.compileWith(
        (Double c, Array[] in) -> new Array[] {in[0].multiply(2 * (1 - c) / (1 + c)).tanh()});
    for (int t = 0; t < steps; t++) {
      x = f.apply(0.01 * t, x)[0]; // expect: changing-constant
      MX.eval(x);
    }
    return x;
  }

  /** Its logarithm is none of the four. */
  static Array logarithmic(Array x, int steps) {
    Compiled.With<Double> f = MX.compileWith(
        (Double c, Array[] in) -> new Array[] {in[0].multiply(Math.log(c)).tanh()});
    for (int t = 0; t < steps; t++) {
      x = f.apply(2.0 + t, x)[0]; // expect: changing-constant
      MX.eval(x);
    }
    return x;
  }

  static int positive(Scored scored) {
    int count = 0;
    for (int i = 0; i < scored.scores().shape(0); i++) {
      if (scored.scores().at(i).item() > 0) { // expect: host-read-in-loop
        count++;
      }
    }
    return count;
  }

  public static void main(String[] args) {
    Random.seed(1);
    Array x = Random.normal(32);
    Scored scored = new Scored(1, x.multiply(2));
    System.out.printf("%.3f %.3f %.3f %d %.3f%n",
        new ArithmeticConstants().explored(x.multiply(0.1), 20).sum().item(),
        squeezed(x, 20).sum().item(), logarithmic(x, 20).sum().item(), positive(scored), scored.sum());
  }
}
