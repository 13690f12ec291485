package io.mlxlint.programs.pitfalls;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Tracing more often than needed. The argument divides the sizes, for small machines. */
final class Compilations {
  private final Array a;
  private final Array b;
  private final Array small = Random.normal(64, 512);
  private final Array steps = Random.normal(128, 1024);
  private double offset;

  private Compilations(int divisor) {
    Random.seed(0);
    int d = 2048 / divisor;
    a = Random.normal(d, d);
    b = Random.normal(d, d).divide(d);
    MX.eval(a, b, small, steps);
  }

  public static void main(String[] args) {
    Compilations compilations = new Compilations(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    compilations.constants();
    compilations.inLoop();
    compilations.capture();
  }

  /** Case: compile: 4 new constants vs array. */
  private Array constants() {
    Compiled.With<Double> scaled = MX.compileWith((Double s, Array[] in) ->
        new Array[] {MX.exp(in[0]).multiply(s).add(in[0])});
    offset += 0.37;
    Array y = small;
    for (int i = 0; i < 4; i++) {
      y = scaled.apply(1.0 + offset + i * 1e-3, small)[0]; // expect: changing-constant
      MX.eval(y);
    }
    return y;
  }

  /** Case: compile inside loop vs once (10 calls). */
  private void inLoop() {
    for (int i = 0; i < 10; i++) {
      Array y = MX.compile(z -> MX.tanh(z).multiply(3.0).add(z)).apply(steps); // expect: compile-in-loop
      MX.eval(y);
      y.close();
    }
  }

  /** Case: closure over lazy array vs input. */
  private Array capture() {
    Array lazy = MX.tidy(() -> b.matmul(b).matmul(b).matmul(b));
    Compiled shifted = MX.compile(v -> v.add(lazy)); // expect: lazy-capture
    Array y = a;
    for (int i = 0; i < 5; i++) {
      y = shifted.apply(a);
      MX.eval(y);
    }
    return y;
  }
}
