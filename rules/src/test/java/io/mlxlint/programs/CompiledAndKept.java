package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions that are compiled in loops and methods, but only once each. */
final class CompiledAndKept {
  private final Map<Integer, Compiled> byLength = new HashMap<>();
  private final List<Compiled> layers = new ArrayList<>();
  private Compiled head;

  CompiledAndKept(int depth) {
    for (int i = 0; i < depth; i++) {
      double scale = 1.0 / (i + 1);
      layers.add(MX.compile(x -> x.multiply(scale).tanh()));
    }
  }

  private Compiled ofLength(int length) {
    return byLength.computeIfAbsent(length, n -> MX.compile(x -> x.reshape(n, -1).sum(0)));
  }

  private Compiled head() {
    if (head == null) {
      head = MX.compile(x -> MX.softmax(x, -1));
    }
    return head;
  }

  Array apply(Array x) {
    for (Compiled layer : layers) {
      x = layer.apply(x);
    }
    return head().apply(ofLength(x.shape(0)).apply(x));
  }

  /** One function per temperature, each used for a whole sweep. */
  static double[] sweep(Array logits, double[] temperatures) {
    double[] means = new double[temperatures.length];
    for (int i = 0; i < temperatures.length; i++) {
      double temperature = temperatures[i];
      Compiled soften = MX.compile(x -> MX.softmax(x.divide(temperature), -1));
      Array x = logits;
      for (int n = 0; n < 200; n++) {
        x = soften.apply(x);
        MX.eval(x);
      }
      means[i] = x.max().item();
    }
    return means;
  }

  public static void main(String[] args) {
    CompiledAndKept model = new CompiledAndKept(4);
    for (int i = 0; i < 50; i++) {
      System.out.println(model.apply(Random.normal(8, 16)).max().item());
    }
    System.out.println(sweep(Random.normal(8, 16), new double[] {0.5, 1, 2}).length);
  }
}
