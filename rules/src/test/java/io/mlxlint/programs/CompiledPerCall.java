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

  private static Compiled scaled(double k) {
    return MX.compile(a -> a.multiply(k).tanh()); // expect: compile-in-loop
  }

  /** Made by a method, closed at once, or one of two. */
  static Array inOtherWords(Array x, int steps, boolean smooth) {
    for (int i = 0; i < steps; i++) {
      x = scaled(0.5).apply(x);
      try (Compiled f = MX.compile(a -> a.tanh().add(0.5))) { // expect: compile-in-loop
        x = f.apply(x);
      }
      Compiled g = smooth
          ? MX.compile(a -> a.sin()) // expect: compile-in-loop
          : MX.compile(a -> a.abs()); // expect: compile-in-loop
      x = g.apply(x);
      MX.eval(x);
    }
    return x;
  }

  private static Compiled shifted(double k) {
    return MX.compile(a -> a.add(k).tanh());
  }

  /** Made when it is first needed, by a method before the loop, or for a loop of its own. */
  static Array whenNeeded(Array x, int steps, boolean smooth) {
    Compiled late = null;
    Compiled before = shifted(0.5);
    for (int i = 0; i < steps; i++) {
      if (late == null) {
        late = smooth ? MX.compile(a -> a.sin()) : MX.compile(a -> a.abs());
      }
      Compiled here = shifted(0.25);
      for (int k = 0; k < 8; k++) {
        x = here.apply(late.apply(before.apply(x)));
      }
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
    System.out.println(inOtherWords(x, 3, true).add(whenNeeded(x, 3, false)).sum().item());
    System.out.println(inline(x, 30).subtract(once(x, 30)).abs().max().item());
  }
}
