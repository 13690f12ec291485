package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reports now and then; what is reported is read with the device idle anyway. */
final class PeriodicReport {

  static Array simulate(Array x, int steps, int every, Consumer<Map<String, Double>> report) {
    for (int step = 1; step <= steps; step++) {
      x = x.add(x.multiply(-0.01)).add(Random.normal(x.shape(0)).multiply(0.1));
      MX.eval(x);
      if (step % every == 0) {
        report.accept(figures(x));
      }
    }
    return x;
  }

  private static Map<String, Double> figures(Array x) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("mean", x.mean().item());
    figures.put("spread", x.std().item());
    figures.put("largest", x.abs().max().item());
    return figures;
  }

  /** The last step only. */
  static double[] ends(Array x, int steps) {
    double[] ends = new double[2];
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      MX.eval(x);
      if (step == steps - 1) {
        ends[0] = x.min().item();
        ends[1] = x.max().item();
      }
    }
    return ends;
  }

  /** Whenever a second has gone by. */
  static Array timed(Array x, int steps) {
    long last = System.nanoTime();
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      MX.eval(x);
      if (System.nanoTime() - last > 1_000_000_000L) {
        System.out.println(step + ": " + x.mean().item() + " to " + x.max().item());
        last = System.nanoTime();
      }
    }
    return x;
  }

  public static void main(String[] args) {
    Array x = simulate(Random.normal(1000), 1000, 100, System.out::println);
    System.out.println(ends(x, 100)[0] + timed(x, 100).sum().item());
  }
}
