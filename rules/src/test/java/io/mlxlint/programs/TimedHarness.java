package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Medians of timed runs: what is evaluated between two looks at the clock has to be. */
final class TimedHarness {
  record Timing(String name, double millis, double checksum) {}

  private final int warmup;
  private final int runs;
  private final Map<String, Supplier<Array>> cases = new LinkedHashMap<>();

  TimedHarness(int warmup, int runs) {
    this.warmup = warmup;
    this.runs = runs;
  }

  TimedHarness add(String name, Supplier<Array> body) {
    cases.put(name, body);
    return this;
  }

  /** Each run is evaluated before the clock is read: as it must be. */
  Timing time(String name) {
    Supplier<Array> body = cases.get(name);
    for (int i = 0; i < warmup; i++) {
      MX.eval(body.get());
    }
    double[] millis = new double[runs];
    Array last = null;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      last = body.get();
      MX.eval(last);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return new Timing(name, millis[runs / 2], last.sum().item());
  }

  /** Stages of one computation, each with its own clock: the early evaluation is wanted. */
  static double[] stages(Array x, int rounds) {
    double first = 0;
    double second = 0;
    for (int i = 0; i < rounds; i++) {
      long t0 = System.nanoTime();
      Array a = x.matmul(x).tanh();
      MX.eval(a);
      long t1 = System.nanoTime();
      Array b = a.matmul(x).sum();
      MX.eval(b);
      long t2 = System.nanoTime();
      first += t1 - t0;
      second += t2 - t1;
    }
    return new double[] {first, second};
  }

  Map<String, Double> all(ToDoubleFunction<Timing> what) {
    Map<String, Double> out = new LinkedHashMap<>();
    for (String name : cases.keySet()) {
      out.put(name, what.applyAsDouble(time(name)));
    }
    return out;
  }

  public static void main(String[] args) {
    Array x = MX.full(new int[] {16, 16}, 0.1);
    TimedHarness harness = new TimedHarness(1, 3).add("product", () -> x.matmul(x))
        .add("chain", () -> x.add(1.0).log().sum(0));
    harness.all(Timing::checksum).forEach((name, sum) -> System.out.printf("%s %.3f%n", name, sum));
    System.out.println(stages(x, 3).length);
  }
}
