package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Ten thousand steps, and nothing computed before the end. */
final class LongScan {
  private static final int STEPS = 10_000;

  /** A leaky integrator. */
  static Array integrate(Array drive) {
    Array state = MX.zeros(64);
    for (int t = 0; t < STEPS; t++) {
      state = state.multiply(0.99).add(drive); // expect: unevaluated-loop-state
    }
    return state;
  }

  /** The same, cut every hundred steps. */
  static Array integrateInPieces(Array drive) {
    Array state = MX.zeros(64);
    for (int t = 0; t < STEPS; t++) {
      state = state.multiply(0.99).add(drive);
      if (t % 100 == 99) {
        MX.eval(state);
      }
    }
    return state;
  }

  /** Heun's method: the helper evaluates what it returns. */
  static Array heun(Array x, double h) {
    Array k1 = x.negative();
    Array k2 = x.add(k1.multiply(h)).negative();
    Array next = x.add(k1.add(k2).multiply(h / 2));
    MX.eval(next);
    return next;
  }

  static Array solve(Array x) {
    for (int t = 0; t < STEPS; t++) {
      x = heun(x, 1e-3);
    }
    return x;
  }

  public static void main(String[] args) {
    Array drive = Random.normal(64);
    MX.eval(drive);
    System.out.println(integrate(drive).subtract(integrateInPieces(drive)).abs().max().item());
    System.out.println(solve(drive).sum().item());
  }
}
