package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;

/** Compiled functions whose captures and constants are as good as they can be. */
final class CompiledOnce {

  /** Called once, so the captured product is computed once either way. */
  static Array once(Array x) {
    Array w = x.matmul(x.T()).tanh();
    Compiled f = MX.compile(a -> w.matmul(a).add(1.0).tanh());
    return f.apply(x);
  }

  /** Started, if not finished. */
  static Array started(Array x) {
    Array w = x.matmul(x.T()).tanh();
    MX.asyncEval(w);
    Compiled f = MX.compile(a -> w.matmul(a).tanh());
    for (int i = 0; i < 20; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** Read before, and so computed. */
  static Array read(Array x) {
    Array w = x.matmul(x.T()).tanh();
    System.out.println("largest weight " + w.max().item());
    Compiled f = MX.compile(a -> w.matmul(a).tanh());
    for (int i = 0; i < 20; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** The width changes once per epoch, and each trace serves all of its batches. */
  static double epochs(List<Array> batches, int epochs) {
    Compiled.With<Integer> narrow = MX.compileWith((width, in) ->
        new Array[] {in[0].square().sum().divide((double) width)});
    double last = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Array batch : batches) {
        last = narrow.apply(epoch + 1, batch)[0].item();
      }
    }
    return last;
  }

  /** The numbers differ, but it is one number per program run. */
  static Array configured(Array x, double scale) {
    Compiled.With<Double> f = MX.compileWith((by, in) -> new Array[] {in[0].multiply(by).tanh()});
    double half = scale / 2;
    for (int i = 0; i < 50; i++) {
      x = f.apply(half, x)[0];
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Array x = Random.normal(32, 32);
    MX.eval(x);
    System.out.println(once(x).sum().item() + started(x).sum().item() + read(x).sum().item());
    System.out.println(epochs(List.of(x, x, x), 3) + configured(x, 0.5).sum().item());
  }
}
