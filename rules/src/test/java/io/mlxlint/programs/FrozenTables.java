package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Tables that compiled functions close over, each computed at another time. */
final class FrozenTables {
  private static final int LENGTH = 128;
  private static final Array WINDOW = window();
  private static final Compiled WEIGHTED = MX.compile(x -> x.multiply(WINDOW).tanh());

  private final Array basis;
  private final Compiled project;

  static {
    MX.eval(WINDOW);
  }

  private static Array window() {
    return MX.cos(MX.linspace(0, Math.PI, LENGTH)).add(1.0).multiply(0.5);
  }

  FrozenTables() {
    Array t = MX.arange(LENGTH).astype(MX.float32);
    Array angles = MX.outer(t, t).multiply(Math.PI / LENGTH);
    basis = angles.cos().divide(Math.sqrt(LENGTH));
    Array table = basis;
    project = MX.compile(x -> x.matmul(table)); // expect: lazy-capture
  }

  Array spectrum(Array frames) {
    return project.apply(WEIGHTED.apply(frames));
  }

  /** Evaluated after it is captured and before the first call. */
  static Array late(Array x, int steps) {
    Array bias = x.mean(0).exp();
    Compiled f = MX.compile(a -> a.add(bias).tanh());
    MX.eval(bias);
    for (int i = 0; i < steps; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** Handed in, so that it is no capture at all. */
  static Array passed(Array x, int steps) {
    Array bias = x.mean(0).exp();
    Compiled f = MX.compile((a, b) -> a.add(b).tanh());
    for (int i = 0; i < steps; i++) {
      x = f.apply(x, bias);
      MX.eval(x);
    }
    return x;
  }

  /** Never evaluated, in a helper that makes it. */
  static Array fromHelper(Array x, int steps) {
    Array slope = window().cumsum();
    Compiled f = MX.compile(a -> a.subtract(slope).tanh()); // expect: lazy-capture
    int left = steps;
    do {
      x = f.apply(x);
      MX.eval(x);
    } while (--left > 0);
    return x;
  }

  public static void main(String[] args) {
    Array frames = Random.normal(16, LENGTH);
    MX.eval(frames);
    FrozenTables tables = new FrozenTables();
    double energy = 0;
    for (int i = 0; i < 20; i++) {
      energy += tables.spectrum(frames).square().sum().item();
    }
    Array x = fromHelper(passed(late(frames, 10), 10), 10);
    System.out.println(energy + x.sum().item());
  }
}
