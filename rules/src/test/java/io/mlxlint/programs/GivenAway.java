package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.ValueAndGrad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gradients and constants that methods and containers get. */
final class GivenAway {
  private static final ValueAndGrad LOSS =
      MX.valueAndGradArrays(a -> new Array[] {a[0].multiply(a[1]).square().sum()}, 0, 1);

  private final Map<String, Array> tables = new HashMap<>();
  private Array last = MX.zeros(8);

  GivenAway() {
    tables.put("users", MX.full(new int[] {8}, 0.5));
    tables.put("items", MX.full(new int[] {8}, 0.25));
    MX.eval(tables);
  }

  private ValueAndGrad.Result gradients() {
    return LOSS.apply(tables.get("users"), tables.get("items"));
  }

  private void descend(String name, Array gradient) {
    tables.computeIfPresent(name, (_, table) -> table.subtract(gradient.multiply(0.1)));
  }

  private void descendAndRelease(String name, Array gradient) {
    tables.put(name, tables.get(name).subtract(gradient.multiply(0.1)));
    gradient.close();
  }

  private void descendAndKeep(String name, Array gradient) {
    tables.put(name, tables.get(name).subtract(gradient.add(last).multiply(0.1)));
    last = gradient;
  }

  /** A method uses the gradients and keeps none. */
  void train(int steps) {
    for (int step = 0; step < steps; step++) {
      ValueAndGrad.Result result = LOSS.apply(tables.get("users"), tables.get("items"));
      descend("users", result.grads()[0]);
      descend("items", result.grads()[1]);
      MX.eval(tables); // expect: retained-temporaries
    }
  }

  /** It releases them. */
  void trainAndRelease(int steps) {
    for (int step = 0; step < steps; step++) {
      ValueAndGrad.Result result = LOSS.apply(tables.get("users"), tables.get("items"));
      descendAndRelease("users", result.grads()[0]);
      descendAndRelease("items", result.grads()[1]);
      MX.eval(tables);
    }
  }

  /** It keeps one for the next step. */
  void trainWithMomentum(int steps) {
    for (int step = 0; step < steps; step++) {
      ValueAndGrad.Result result = LOSS.apply(tables.get("users"), tables.get("items"));
      descendAndKeep("users", result.grads()[0]);
      MX.eval(tables, last);
    }
  }

  /** A map of constants with another number each time. */
  static double softened(Array logits, int steps) {
    Compiled.With<Map<String, Double>> soften = MX.compileWith((Map<String, Double> constants, Array[] in) ->
        new Array[] {in[0].divide(constants.get("temperature")).tanh()});
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      Map<String, Double> constants = new HashMap<>();
      constants.put("temperature", 1 + 10.0 / (step + 1));
      sum += soften.apply(constants, logits)[0].max().item(); // expect: changing-constant
    }
    return sum;
  }

  /** Another list each time, of the same numbers. */
  static double scaled(Array x, int steps) {
    Compiled.With<List<Double>> scale = MX.compileWith((List<Double> by, Array[] in) ->
        new Array[] {in[0].multiply(by.get(0)).add(by.get(1))});
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      List<Double> by = new ArrayList<>();
      by.add(0.5);
      by.add(step % 2 == 0 ? 1.0 : 2.0);
      sum += scale.apply(by, x)[0].sum().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    GivenAway a = new GivenAway();
    a.train(3);
    a.trainAndRelease(3);
    a.trainWithMomentum(3);
    System.out.printf("%.4f%n", a.tables.get("users").sum().item() + a.gradients().value().item());
    Array x = MX.arange(0.0, 4.0, 1.0);
    System.out.printf("%.4f %.4f%n", softened(x, 4), scaled(x, 4));
  }
}
