package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.Scope;

/** Scopes: built inside and evaluated after, and the other way round. */
final class ScopesInLoops {

  private static Array smooth(Array x) {
    Array left = MX.roll(x, 1, 0);
    Array right = MX.roll(x, -1, 0);
    return left.add(right).add(x.multiply(2.0)).multiply(0.25);
  }

  static Array builtInside(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array next;
      try (Scope scope = MX.scope()) {
        next = scope.keep(smooth(smooth(x)));
      }
      MX.eval(next);
      x = next;
    }
    return x;
  }

  static Array builtInTidy(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array now = x;
      x = MX.tidy(() -> smooth(smooth(now)));
      MX.eval(x);
    }
    return x;
  }

  static Array evaluatedInside(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      try (Scope scope = MX.scope()) {
        Array next = scope.keep(smooth(smooth(x)));
        MX.eval(next); // expect: retained-temporaries
        x = next;
      }
    }
    return x;
  }

  static Array evaluatedInTidy(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array now = x;
      x = MX.tidy(() -> {
        Array next = smooth(smooth(now));
        MX.eval(next); // expect: retained-temporaries
        return next;
      });
    }
    return x;
  }

  public static void main(String[] args) {
    Array x = Random.normal(512, 64);
    MX.eval(x);
    Array a = builtInside(x, 20).subtract(builtInTidy(x, 20));
    Array b = evaluatedInside(x, 20).subtract(evaluatedInTidy(x, 20));
    System.out.println(a.abs().max().item() + b.abs().max().item());
  }
}
