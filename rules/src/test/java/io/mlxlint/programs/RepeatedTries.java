package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Retries, time limits, listeners: reads that control what happens. */
final class RepeatedTries {

  interface Listener {
    void progress(int step, double value);
  }

  private final List<Listener> listeners = new ArrayList<>();

  void onProgress(Listener listener) {
    listeners.add(listener);
  }

  /** Newton's method; the residual decides, the listeners get the same number. */
  Array root(Array target, double tolerance) {
    Array x = MX.onesLike(target);
    int step = 0;
    while (true) {
      Array residual = x.square().subtract(target);
      double size = residual.abs().max().item();
      for (Listener listener : listeners) {
        listener.progress(step, size);
      }
      if (size < tolerance || ++step > 50) {
        return x;
      }
      x = x.subtract(residual.divide(x.multiply(2.0)));
    }
  }

  /** As long as there is time. */
  static Array timed(Array x, long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    int rounds = 0;
    do {
      x = x.matmul(x);
      x = x.divide(x.abs().max());
      MX.eval(x);
      rounds++;
    } while (System.nanoTime() < end && rounds < 100);
    return x;
  }

  /** Tries once more with a smaller step when it blows up. */
  static double careful(Array start, double step) {
    for (int attempt = 0; attempt < 5; attempt++) {
      Array x = start;
      for (int i = 0; i < 30; i++) {
        x = x.subtract(x.power(3L).multiply(step));
        MX.eval(x);
      }
      double size = x.abs().max().item();
      if (size < 10) {
        return size;
      }
      step /= 2;
    }
    return Double.NaN;
  }

  /** Intermediate results are looked at, each for a decision of its own. */
  static Array clipped(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array g = x.multiply(2.0).tanh();
      double norm = g.square().sum().sqrt().item();
      if (norm > 1) {
        g = g.divide(norm);
      }
      x = x.subtract(g.multiply(0.1));
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    RepeatedTries tries = new RepeatedTries();
    tries.onProgress((step, value) -> System.out.println(step + " " + value));
    Array x = Random.uniform(1.0, 4.0, new int[] {6});
    Array y = tries.root(x, 1e-5);
    Array z = timed(Random.uniform(6, 6), 5);
    System.out.println(y.sum().item() + z.sum().item() + careful(x, 0.5) + clipped(x, 10).sum().item());
  }
}
