package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries of maps and lists that a function makes of what was there. */
final class RecomputedEntries {

  /** Averaged weights. */
  static class Average {
    final Map<String, Array> weights = new LinkedHashMap<>();

    Average(Linear model) {
      model.parameters().forEach((name, w) -> weights.put(name, MX.array(w)));
    }

    void update(Linear model) {
      for (Map.Entry<String, Array> w : model.parameters().entrySet()) {
        weights.computeIfPresent(w.getKey(), // expect: unevaluated-loop-state
            (k, old) -> old.multiply(0.9).add(w.getValue().multiply(0.1)));
      }
    }
  }

  private final Linear model = new Linear(3, 3);

  private Array step(Array x) {
    Array y = model.apply(x).tanh();
    MX.eval(y);
    return y;
  }

  double averaged(int steps) {
    Average average = new Average(model);
    Array x = MX.ones(2, 3);
    for (int i = 0; i < steps; i++) {
      x = step(x);
      average.update(model);
    }
    return average.weights.get("bias").sum().item();
  }

  double decayed(int steps) {
    Map<String, Array> sums = new LinkedHashMap<>(Map.of("a", MX.zeros(3), "b", MX.ones(3)));
    List<Array> traces = new ArrayList<>(List.of(MX.zeros(3)));
    Array x = MX.ones(2, 3);
    for (int i = 0; i < steps; i++) {
      x = step(x);
      Array mean = x.mean(0);
      sums.replaceAll((k, old) -> old.multiply(0.9).add(mean)); // expect: unevaluated-loop-state
      traces.replaceAll(old -> old.multiply(0.5).add(mean)); // expect: unevaluated-loop-state
    }
    return sums.get("a").add(traces.getFirst()).sum().item();
  }

  /** Computed with the step, or made of something else. */
  double replaced(int steps) {
    Map<String, Array> sums = new LinkedHashMap<>(Map.of("a", MX.zeros(3)));
    Map<String, Array> last = new LinkedHashMap<>(Map.of("a", MX.zeros(3)));
    Array x = MX.ones(2, 3);
    for (int i = 0; i < steps; i++) {
      Array y = step(x);
      sums.replaceAll((k, old) -> old.add(y.mean(0)));
      last.compute("a", (k, old) -> y.mean(0));
      MX.eval(sums);
      x = y;
    }
    return sums.get("a").add(last.get("a")).sum().item();
  }

  public static void main(String[] args) {
    Random.seed(2);
    RecomputedEntries all = new RecomputedEntries();
    System.out.printf("%.4f %.4f %.4f%n", all.averaged(4), all.decayed(4), all.replaced(4));
  }
}
