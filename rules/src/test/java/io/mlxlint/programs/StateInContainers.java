package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters, sums and metrics that live in Java arrays, lists and maps, evaluated and forgotten. */
final class StateInContainers {
  private final Linear model = new Linear(16, 1);
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad lossAndGrad =
      NN.valueAndGrad(model, (Array x) -> model.apply(x).square().mean());
  private final Map<String, Array> totals = new HashMap<>();

  private static Array loss(Array[] p) {
    return p[0].matmul(p[1]).square().mean();
  }

  private static Array[] parameters() {
    return new Array[] {Random.normal(8, 8), Random.normal(8, 8)};
  }

  static double neverEvaluated() {
    Array[] p = parameters();
    ValueAndGrad f = MX.valueAndGradArrays(in -> new Array[] {loss(in)}, 0, 1);
    for (int i = 0; i < 1000; i++) {
      Array[] g = f.apply(p).grads();
      for (int k = 0; k < p.length; k++) {
        p[k] = p[k].subtract(g[k].multiply(0.1)); // expect: unevaluated-loop-state
      }
    }
    return loss(p).item();
  }

  static double everyHundred() {
    Array[] p = parameters();
    ValueAndGrad f = MX.valueAndGradArrays(in -> new Array[] {loss(in)}, 0, 1);
    for (int i = 0; i < 1000; i++) {
      Array[] g = f.apply(p).grads();
      for (int k = 0; k < p.length; k++) {
        p[k] = p[k].subtract(g[k].multiply(0.1));
      }
      if (i % 100 == 0) {
        MX.close((Object) g);
        MX.eval((Object) p);
      }
    }
    return loss(p).item();
  }

  /** Every element is made anew once: nothing grows. */
  static void once(List<Array> weights) {
    for (int i = 0; i < weights.size(); i++) {
      weights.set(i, weights.get(i).astype(MX.float16));
      MX.eval(weights.get(i).shape(0) > 4 ? Random.normal(4) : MX.ones(1));
    }
  }

  private Map<String, Array> metrics(Array x) {
    return Map.of("mean", model.apply(x).mean(), "size", x.abs().mean());
  }

  private Array step(Array x) {
    ValueAndGrad.Result result = lossAndGrad.apply(x);
    optimizer.update(model, result.gradsByName());
    result.closeGrads();
    return result.value();
  }

  Map<String, Array> forgotten(List<Array> batches) {
    Map<String, Array> sums = new LinkedHashMap<>();
    Map<String, Array> best = new HashMap<>();
    for (Array x : batches) {
      Array loss = step(x);
      for (Map.Entry<String, Array> e : metrics(x).entrySet()) {
        sums.merge(e.getKey(), e.getValue(), Array::add); // expect: unevaluated-loop-state
      }
      metrics(x).forEach((name, m) -> best.merge(name, m, MX::maximum)); // expect: unevaluated-loop-state
      totals.put("loss", totals.get("loss").add(loss)); // expect: unevaluated-loop-state
      MX.eval(model, optimizer, loss);
    }
    sums.putAll(best);
    return sums;
  }

  Map<String, Array> evaluated(List<Array> batches) {
    Map<String, Array> sums = new LinkedHashMap<>();
    Map<String, Array> best = new HashMap<>();
    for (Array x : batches) {
      Array loss = step(x);
      for (Map.Entry<String, Array> e : metrics(x).entrySet()) {
        sums.merge(e.getKey(), e.getValue(), Array::add);
      }
      metrics(x).forEach((name, m) -> best.merge(name, m, MX::maximum));
      totals.put("loss", totals.get("loss").add(loss));
      MX.eval(model, optimizer, loss, sums, new ArrayList<>(best.values()), totals);
    }
    sums.putAll(best);
    return sums;
  }

  /** Emptied for each update: four batches make one graph. */
  void accumulated(List<Array> batches) {
    Map<String, Array> sum = new HashMap<>();
    for (int i = 0; i < batches.size(); i++) {
      lossAndGrad.apply(batches.get(i)).gradsByName().forEach((name, g) -> sum.merge(name, g, Array::add));
      if (i % 4 == 3) {
        optimizer.update(model, sum);
        MX.eval(model, optimizer);
        sum.clear();
      }
    }
  }

  /** The states of the layers are behind the output that is read. */
  static double recurrent(List<Array> inputs, Array w) {
    Array[] h = {MX.zeros(8), MX.zeros(8)};
    double sum = 0;
    for (Array x : inputs) {
      Array y = x;
      for (int layer = 0; layer < h.length; layer++) {
        h[layer] = h[layer].matmul(w).add(y).tanh();
        y = h[layer];
      }
      sum += y.sum().item();
    }
    return sum;
  }

  /** A new one for each input. */
  static List<Double> perInput(List<Array> inputs) {
    List<Double> out = new ArrayList<>();
    for (Array x : inputs) {
      Map<String, Array> sums = new HashMap<>();
      for (int i = 0; i < 4; i++) {
        sums.merge("sum", x.at(i), Array::add);
      }
      out.add(sums.get("sum").sum().item());
    }
    return out;
  }

  /** Whoever is told may evaluate what is in it. */
  interface Listener {
    void step(Array loss);
  }

  void told(List<Array> batches, Listener listener, Map<String, Array> shared) {
    for (Array x : batches) {
      Array loss = step(x);
      shared.merge("loss", loss, Array::add);
      MX.eval(model, optimizer);
      listener.step(loss);
    }
  }

  /** Nobody but this method knows the map. */
  void reported(List<Array> batches, Listener listener) {
    Map<String, Array> sums = new HashMap<>();
    for (Array x : batches) {
      Array loss = step(x);
      sums.merge("loss", loss, Array::add); // expect: unevaluated-loop-state
      MX.eval(model, optimizer);
      listener.step(x);
    }
    sums.forEach((name, sum) -> System.out.println(name + " " + sum.item()));
  }

  /** Where it goes is another place each time. */
  static Array[] table(int n) {
    Array[] rows = new Array[n];
    rows[0] = MX.ones(8);
    Array last = rows[0];
    for (int i = 1; i < n; i++) {
      rows[i] = rows[i - 1].multiply(0.5);
      last = last.add(rows[i]);
      MX.eval(last);
    }
    return rows;
  }
}
