package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Functions that are handed over in each iteration, and run in few of them. */
final class RunNowAndThen {

  private static void log(int step, Supplier<String> text) {
    if (step % 100 == 0) {
      System.out.println(text.get());
    }
  }

  private static void logIf(boolean isOn, Supplier<String> text) {
    if (isOn) {
      System.out.println(text.get());
    }
  }

  private static void report(int step, Array x) {
    if (step % 100 == 0) {
      print(x);
    }
  }

  private static void print(Array x) {
    System.out.printf("%.4f %.4f%n", x.mean().item(), x.std().item());
  }

  static void decay(Array start, Array rates, int steps) {
    Array x = start;
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9);
      MX.eval(x);
      Array now = x;
      int at = step;
      log(step, () -> now.mean().item() + " " + now.std().item());
      log(step, () -> "rate " + rates.at(at).item());
      logIf(step % 50 == 0, () -> now.min().item() + " " + now.max().item());
      report(step, now);
    }
  }

  private static <T> T timed(Supplier<T> body) {
    return body.get();
  }

  /** Run each time, so this is no log. */
  static double watched(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Array x = MX.arange(0.0, 8.0, 1.0).add(step).sin();
      sum += timed(() -> x.mean().item()
          + x.std().item()); // expect: host-read-in-loop
    }
    return sum;
  }

  private static double bisect(DoubleUnaryOperator f, double low, double high) {
    double from = low;
    double to = high;
    while (to - from > 1e-3) {
      double middle = (from + to) / 2;
      if (f.applyAsDouble(middle) > 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** What is read decides where to look next. */
  static double root(Array x) {
    return bisect(t -> x.subtract(t).mean().item(), 0, 8);
  }

  private static int first(int n, IntPredicate test) {
    for (int i = 0; i < n; i++) {
      if (test.test(i)) {
        return i;
      }
    }
    return -1;
  }

  /** A search that ends with what it looks for. */
  static int firstPositive(Array x) {
    return first(x.shape(0), i -> x.at(i).item() > 0);
  }

  public static void main(String[] args) {
    Array x = MX.arange(0.0, 8.0, 1.0);
    decay(x, x, 3);
    System.out.printf("%.3f %.3f %d%n", watched(4), root(x), firstPositive(x));
  }
}
