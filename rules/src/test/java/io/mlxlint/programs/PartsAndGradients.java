package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;

/** Arrays that are split into parts, and functions that are gradients. */
final class PartsAndGradients {

  /** Each part of an array that was there before is read by itself. */
  static double widest(Array x) {
    double widest = 0;
    for (Array part : x.split(4)) {
      for (float v : part.toFloatArray()) { // expect: host-read-in-loop
        widest = Math.max(widest, v);
      }
    }
    return widest;
  }

  /** Each part is computed with. */
  static double spread(Array x) {
    double sum = 0;
    for (Array part : x.split(4)) {
      sum += part.std().item();
    }
    return sum;
  }

  /** Evaluated whole, and read afterwards. */
  static double evaluatedFirst(Array x) {
    Array[] parts = x.exp().split(4);
    MX.eval((Object) parts);
    double sum = 0;
    for (Array part : parts) {
      sum += part.at(0).item();
    }
    return sum;
  }

  static Array descend(Array start, int steps) {
    Functions.Of1 gradient = MX.grad(w -> w.square().sum());
    Array w = start;
    for (int step = 0; step < steps; step++) {
      Array g = gradient.apply(w);
      w = w.subtract(g.multiply(0.1));
      MX.eval(w); // expect: retained-temporaries
    }
    return w;
  }

  /** The gradient is looked at afterwards. */
  static double steepest(Array start, int steps) {
    Functions.Of1 gradient = MX.grad(w -> w.square().sum());
    Array w = start;
    double steepest = 0;
    for (int step = 0; step < steps; step++) {
      Array g = gradient.apply(w);
      w = w.subtract(g.multiply(0.1));
      MX.eval(w, g);
      steepest = Math.max(steepest, g.abs().max().item());
    }
    return steepest;
  }

  /** It becomes the momentum of the next step. */
  static Array withMomentum(Array start, int steps) {
    Functions.Of1 gradient = MX.grad(w -> w.square().sum());
    Array w = start;
    Array velocity = MX.zerosLike(start);
    for (int step = 0; step < steps; step++) {
      Array g = gradient.apply(w);
      w = w.subtract(g.add(velocity).multiply(0.1));
      velocity = g;
      MX.eval(w, velocity);
    }
    return w;
  }

  public static void main(String[] args) {
    Array x = MX.arange(0.0, 16.0, 1.0).sin();
    System.out.printf("%.4f %.4f %.4f%n", widest(x), spread(x), evaluatedFirst(x));
    System.out.printf("%.4f %.4f %.4f%n", descend(x, 5).sum().item(), steepest(x, 5),
        withMomentum(x, 5).sum().item());
  }
}
