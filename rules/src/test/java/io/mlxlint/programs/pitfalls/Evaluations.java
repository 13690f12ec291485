package io.mlxlint.programs.pitfalls;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Waiting more often than needed, and never. The argument divides the sizes, for small machines. */
final class Evaluations {
  private final Array values = Random.normal(2048);
  private final Array state;
  private final Array[] layers = new Array[16];
  private final Array zeros = MX.zeros(64, 64);

  private Evaluations(int divisor) {
    Random.seed(0);
    int d = 1024 / divisor;
    state = half(1.0, 1, d);
    for (int i = 0; i < layers.length; i++) {
      layers[i] = half(0.03, d, d);
    }
    MX.eval(values, state, layers, zeros);
  }

  public static void main(String[] args) {
    Evaluations evaluations = new Evaluations(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    evaluations.items();
    evaluations.everyOperation();
    evaluations.chain();
  }

  /** Case: item() per element vs tolist. */
  private double items() {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += values.at(i).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** Case: eval every op vs once per step. */
  private Array everyOperation() {
    Array v = state;
    for (Array w : layers) {
      v = v.matmul(w);
      MX.eval(v); // expect: eval-per-intermediate
      v = MX.tanh(v);
      MX.eval(v);
    }
    return v;
  }

  /** Case: 2000-op chain: one eval vs every 50. */
  private Array chain() {
    Array c = zeros;
    for (int i = 0; i < 2000; i++) {
      c = c.add(1.0); // expect: unevaluated-loop-state
    }
    MX.eval(c);
    return c;
  }

  private static Array half(double scale, int... shape) {
    return Random.normal(shape).multiply(scale).astype(MX.float16);
  }
}
