package io.mlxlint.benchmarks;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What it costs to build one operation and to release it, with nothing computed: nanoseconds, the best and
 * the median of the rounds. Run the main method as that of {@link KernelBenchmark}.
 */
public final class BuildBenchmark {
  private static final int ROUNDS = 15;
  private static final int OPERATIONS = 100;
  private static final int REPEATS = 200;

  private BuildBenchmark() {}

  public static void main(String[] args) {
    Array x = MX.ones(4);
    Array w = MX.ones(4, 4);
    MX.eval(x, w);
    time("add", () -> x.add(x));
    time("add, broadcast", () -> w.add(x));
    time("multiply by a number", () -> x.multiply(2.0));
    time("exp", () -> x.exp());
    time("matmul", () -> w.matmul(w));
    time("sum", () -> w.sum(1));
    time("transpose", () -> w.transpose());
    time("reshape", () -> w.reshape(2, 8));
    time("index", () -> w.at(1));
    time("layer norm", () -> Fast.layerNorm(w, x, x, 1e-5));
    time("add in a tidy of its own", () -> MX.tidy(() -> x.add(x)));
    report("add outside scopes, closed", () -> {
      for (int i = 0; i < OPERATIONS; i++) {
        x.add(x).close();
      }
    });
  }

  private static void time(String name, Supplier<Array> operation) {
    report(name, () -> {
      try (var scope = MX.scope()) {
        for (int i = 0; i < OPERATIONS; i++) {
          operation.get();
        }
      }
    });
  }

  private static void report(String name, Runnable hundred) {
    double[] nanos = new double[ROUNDS];
    for (int round = -10; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < REPEATS; i++) {
        hundred.run();
      }
      if (round >= 0) {
        nanos[round] = (System.nanoTime() - start) / (double) (REPEATS * OPERATIONS);
      }
    }
    Arrays.sort(nanos);
    System.out.printf("%-28s best %6.0f ns  median %6.0f ns%n", name, nanos[0], nanos[ROUNDS / 2]);
  }
}
