package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Functions kept in fields: transformed once, called often, and what they close over is ready. */
final class FieldLambdas {
  private final Array centre;
  private final Function<Array, Array> distance;
  private final Functions.Of1 slope;
  private final Compiled descend;
  private double rate = 0.1;

  FieldLambdas(int width) {
    centre = Random.normal(width);
    MX.eval(centre);
    distance = x -> x.subtract(centre).square().sum();
    slope = MX.grad(x -> x.subtract(centre).square().sum());
    descend = MX.compile(x -> x.subtract(x.subtract(centre).multiply(0.1)));
  }

  Array descend(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = descend.apply(x);
      MX.eval(x);
    }
    return x;
  }

  /** The rate changes; it meets the array outside of any compiled function. */
  Array descendSlower(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      x = x.subtract(slope.apply(x).multiply(rate));
      MX.eval(x);
      rate *= 0.99;
    }
    return x;
  }

  /** One number per iteration, which decides. */
  int until(Array x, double limit) {
    int steps = 0;
    for (double d = distance.apply(x).item(); d > limit; d = distance.apply(x).item()) {
      x = descend.apply(x);
      steps++;
    }
    return steps;
  }

  Map<String, Supplier<Double>> probes(Array x) {
    Map<String, Supplier<Double>> out = new TreeMap<>();
    out.put("distance", () -> distance.apply(x).item());
    out.put("largest", () -> x.abs().max().item());
    return out;
  }

  public static void main(String[] args) {
    FieldLambdas f = new FieldLambdas(24);
    Array x = f.descendSlower(f.descend(Random.normal(24), 20), 20);
    f.probes(x).forEach((name, probe) -> System.out.println(name + " " + probe.get()));
    System.out.println(f.until(Random.normal(24), 0.01));
  }
}
