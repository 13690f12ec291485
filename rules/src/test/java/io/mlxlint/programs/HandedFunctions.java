package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Functions that methods of the program's own run in a loop, or keep in a field. */
final class HandedFunctions {

  /** A layer that does not know what its activation is. */
  static final class Layer extends Module {
    final Linear linear = new Linear(4, 4);
    private final UnaryOperator<Array> activation;

    Layer(UnaryOperator<Array> activation) {
      this.activation = activation;
    }

    @Override
    protected Array forward(Array x) {
      return activation.apply(linear.apply(x));
    }
  }

  private final Layer layer = new Layer(MX::tanh);
  private final Layer plain = new Layer(x -> x);

  static List<Double> windows(Array series, int size, ToDoubleFunction<Array> feature) {
    List<Double> out = new ArrayList<>();
    for (int from = 0; from < series.shape(0); from += size) {
      out.add(feature.applyAsDouble(series.at(Index.slice(from, from + size))));
    }
    return out;
  }

  /** An element of an array that was there before. */
  static List<Double> openings(Array series) {
    return windows(series, 4, w -> w.at(0).item()); // expect: host-read-in-loop
  }

  /** What each window is about is computed there. */
  static List<Double> roughness(Array series) {
    return windows(series, 4, w -> w.var().item());
  }

  private static void each(int n, IntFunction<Array> element, DoubleConsumer sink) {
    for (int i = 0; i < n; i++) {
      sink.accept(element.apply(i).item()); // expect: host-read-in-loop
    }
  }

  static double sum(Array series) {
    double[] sum = {0};
    each(series.shape(0), series::at, v -> sum[0] += v);
    return sum[0];
  }

  /** The same form, but what it is given computes something else each time. */
  private static void eachPower(int n, IntFunction<Array> made, DoubleConsumer sink) {
    for (int i = 0; i < n; i++) {
      sink.accept(made.apply(i).item());
    }
  }

  static double powers(Array series) {
    double[] sum = {0};
    eachPower(3, i -> series.power(i).sum(), v -> sum[0] += v);
    return sum[0];
  }

  static double total(List<Array> all, ToDoubleBiFunction<Array, Array> score) {
    double sum = 0;
    for (Array a : all) {
      sum += score.applyAsDouble(a.sin(), a.cos());
    }
    return sum;
  }

  static double ratios(List<Array> all) {
    return total(all, (s, c) -> s.max().item()
        / c.max().item()); // expect: host-read-in-loop
  }

  static double ratiosAtOnce(List<Array> all) {
    return total(all, (s, c) -> s.max().divide(c.max()).item());
  }

  /** Run once in each iteration, with another array each time: nothing stays whose elements could be read. */
  private static <T> T traced(int step, Function<Integer, T> body) {
    return body.apply(step % 3);
  }

  static double sampled(int steps) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Array fresh = MX.arange(4).add(step).square();
      sum += traced(step, i -> fresh.at(i).item());
    }
    return sum;
  }

  /** The activation in the field is known, and computes nothing. */
  Compiled shifted(Array x) {
    Array shift = layer.apply(x);
    return MX.compile(y -> y.add(shift)); // expect: lazy-capture
  }

  Compiled shiftedByComputed(Array x) {
    Array shift = layer.apply(x);
    MX.eval(shift);
    return MX.compile(y -> y.add(shift));
  }

  private static Array scaled(Array x, double by) {
    return by == 1 ? x : x.multiply(by);
  }

  /** A method that hands back what it gets, or makes something of it: both are lazy. */
  Compiled shiftedByScaled(Array x, double by) {
    Array shift = scaled(plain.apply(x), by);
    return MX.compile(y -> y.add(shift)); // expect: lazy-capture
  }

  /** What it gets back may be computed. */
  Compiled shiftedByComputedOnes(Array x, double by) {
    Array ones = x.square();
    MX.eval(ones);
    Array shift = scaled(ones, by);
    return MX.compile(y -> y.add(shift));
  }

  double shift(int steps) {
    Compiled lazy = shifted(MX.ones(2, 4));
    Compiled computed = shiftedByComputed(MX.ones(2, 4));
    Compiled scaled = shiftedByScaled(MX.ones(2, 4), 1);
    Compiled ones = shiftedByComputedOnes(MX.ones(2, 4), 1);
    Array x = MX.zeros(2, 4);
    for (int step = 0; step < steps; step++) {
      x = ones.apply(scaled.apply(lazy.apply(x).subtract(computed.apply(x)))).multiply(0.5);
      MX.eval(x);
    }
    return x.abs().max().item();
  }

  public static void main(String[] args) {
    Array series = MX.arange(0.0, 16.0, 1.0);
    System.out.println(openings(series) + " " + roughness(series));
    System.out.println(sum(series) + powers(series) + sampled(4));
    List<Array> all = List.of(series, series.add(1.0));
    System.out.printf("%.4f %.4f%n", ratios(all), ratiosAtOnce(all));
    System.out.println(new HandedFunctions().shift(4));
  }
}
