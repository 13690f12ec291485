package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.HashMap;
import java.util.Map;

/** Adam by hand over half-precision parameters: moments are float32 on purpose, the weights stay half. */
final class HandAdam {

  /** What is kept for one parameter. */
  static final class Slot {
    Array m;
    Array v;

    Slot(Array like) {
      m = MX.zeros(like.shape(0), like.shape(1));
      v = MX.zeros(like.shape(0), like.shape(1));
    }
  }

  private final Map<String, Slot> slots = new HashMap<>();
  private final double rate;
  private int steps;

  HandAdam(double rate) {
    this.rate = rate;
  }

  /** The gradient is widened first, so nothing is widened by accident. */
  void update(Map<String, Array> parameters, Map<String, Array> gradients) {
    steps++;
    for (Map.Entry<String, Array> e : gradients.entrySet()) {
      Array parameter = parameters.get(e.getKey());
      Slot slot = slots.computeIfAbsent(e.getKey(), _ -> new Slot(parameter));
      Array g = e.getValue().astype(MX.float32);
      slot.m = slot.m.multiply(0.9).add(g.multiply(0.1));
      slot.v = slot.v.multiply(0.999).add(g.square().multiply(0.001));
      Array m = slot.m.divide(1 - Math.pow(0.9, steps));
      Array v = slot.v.divide(1 - Math.pow(0.999, steps));
      Array change = m.divide(v.sqrt().add(1e-8)).multiply(rate);
      parameters.put(e.getKey(), parameter.subtract(change.astype(parameter.dtype())));
    }
  }

  Map<String, Array> state() {
    Map<String, Array> all = new HashMap<>();
    slots.forEach((name, slot) -> {
      all.put(name + ".m", slot.m);
      all.put(name + ".v", slot.v);
    });
    return all;
  }

  private static Array loss(Array w, Array b, Array x) {
    return x.matmul(w).add(b).square().mean();
  }

  public static void main(String[] args) {
    Map<String, Array> parameters = new HashMap<>();
    parameters.put("w", Random.normal(16, 4).multiply(0.1).astype(MX.bfloat16));
    parameters.put("b", MX.zeros(MX.bfloat16, 1, 4));
    Array x = Random.normal(32, 16).astype(MX.bfloat16);
    HandAdam adam = new HandAdam(0.01);
    for (int i = 0; i < 4; i++) {
      Array value = MX.tidy(() -> {
        var result = MX.valueAndGrad((w, b) -> loss(w, b, x), 0, 1)
            .apply(parameters.get("w"), parameters.get("b"));
        Map<String, Array> gradients =
            Map.of("w", MX.keep(result.grads()[0]), "b", MX.keep(result.grads()[1]));
        return result.value();
      });
      MX.eval(value);
    }
    Array[] g = {MX.onesLike(parameters.get("w")), MX.onesLike(parameters.get("b"))};
    adam.update(parameters, Map.of("w", g[0], "b", g[1]));
    MX.eval(parameters, adam.state());
    System.out.println(parameters.get("w").dtype() + " " + adam.state().get("w.m").dtype());
  }
}
