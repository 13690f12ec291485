package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** A function that is compiled wherever it is needed. */
final class CompiledPerCall {

  static Array activate(Array x) {
    Compiled f = MX.compile(a -> a.multiply(a.sigmoid())); // expect: compile-in-loop
    return f.apply(x);
  }

  static Array network(Array x, int layers) {
    for (int i = 0; i < layers; i++) {
      x = activate(x).divide(2.0);
    }
    return x;
  }

  static Array inline(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = MX.compile(a -> a.tanh().add(0.5)).apply(x); // expect: compile-in-loop
      MX.eval(x);
    }
    return x;
  }

  static Array once(Array x, int steps) {
    Compiled f = MX.compile(CompiledPerCall::step);
    for (int i = 0; i < steps; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  private static Array step(Array x) {
    return x.tanh().add(0.5);
  }

  public static void main(String[] args) {
    Array x = Random.normal(32, 32);
    MX.eval(x);
    System.out.println(network(x, 12).sum().item());
    System.out.println(inline(x, 30).subtract(once(x, 30)).abs().max().item());
  }
}
