package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Tables that compiled functions close over before anybody has computed them. */
final class CapturedTables {

  private static Array kernel(Array points) {
    Array squares = points.square().sum(-1, true);
    Array d = squares.add(squares.T()).subtract(points.matmul(points.T()).multiply(2.0));
    return d.negative().exp();
  }

  static Array diffuse(Array points, Array x, int steps) {
    Array k = kernel(points);
    Array rows = k.divide(k.sum(-1, true));
    Compiled step = MX.compile(a -> rows.matmul(a)); // expect: lazy-capture
    for (int i = 0; i < steps; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array diffuseEvaluated(Array points, Array x, int steps) {
    Array k = kernel(points);
    Array rows = k.divide(k.sum(-1, true));
    MX.eval(rows);
    Compiled step = MX.compile(a -> rows.matmul(a));
    for (int i = 0; i < steps; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** Only the shape is asked for. */
  static Array normalise(Array points, Array x) {
    Array k = kernel(points);
    Compiled step = MX.compile(a -> a.divide(k.shape(0)));
    for (int i = 0; i < 10; i++) {
      x = step.apply(x);
      MX.eval(x);
    }
    return x.multiply(k.sum());
  }

  /** An input, not a capture. */
  static Array asInput(Array points, Array x) {
    Array k = kernel(points);
    Compiled step = MX.compile((table, a) -> table.matmul(a).tanh());
    for (int i = 0; i < 10; i++) {
      x = step.apply(k, x);
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Array points = Random.normal(128, 3);
    Array x = Random.normal(128, 1);
    MX.eval(points, x);
    System.out.println(diffuse(points, x, 20).subtract(diffuseEvaluated(points, x, 20)).abs().max().item());
    System.out.println(normalise(points, x).add(asInput(points, x)).sum().item());
  }
}
