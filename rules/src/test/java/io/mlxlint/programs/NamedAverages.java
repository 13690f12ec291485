package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Averages and sums by name, in objects that the loops of others update. */
final class NamedAverages {

  /** Follows the weights of a model. */
  static final class Shadow {
    private final double decay;
    private final Map<String, Array> weights = new LinkedHashMap<>();

    Shadow(Module model, double decay) {
      this.decay = decay;
      weights.putAll(model.parameters());
    }

    void follow(Module model) {
      for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
        weights.put(e.getKey(), // expect: unevaluated-loop-state
            weights.get(e.getKey()).multiply(decay).add(e.getValue().multiply(1 - decay)));
      }
    }

    Map<String, Array> weights() {
      return weights;
    }
  }

  /** The same with a function. */
  static final class Sums {
    private final Map<String, Array> sums = new HashMap<>();

    void add(Map<String, Array> now) {
      now.forEach((name, w) -> sums.merge(name, w, Array::add)); // expect: unevaluated-loop-state
    }

    void evaluate() {
      MX.eval(sums);
    }

    Array get(String name) {
      return sums.get(name);
    }
  }

  /** Under a name that the caller gives. */
  static final class Meter {
    private final Map<String, Array> totals = new HashMap<>();

    void add(String name, Array value) {
      totals.merge(name, value, Array::add); // expect: unevaluated-loop-state
    }

    double read(String name) {
      return totals.remove(name).item();
    }
  }

  private final Linear model = new Linear(16, 16);
  private Array x = Random.normal(16, 16);

  private void step() {
    x = model.apply(x).tanh();
    MX.eval(x);
  }

  Shadow forgotten(int steps) {
    Shadow shadow = new Shadow(model, 0.99);
    for (int i = 0; i < steps; i++) {
      step();
      shadow.follow(model);
    }
    return shadow;
  }

  Shadow evaluated(int steps) {
    Shadow shadow = new Shadow(model, 0.99);
    for (int i = 0; i < steps; i++) {
      step();
      shadow.follow(model);
      MX.eval(shadow.weights());
    }
    return shadow;
  }

  Sums summed(int steps) {
    Sums sums = new Sums();
    for (int i = 0; i < steps; i++) {
      step();
      sums.add(model.parameters());
    }
    return sums;
  }

  Sums summedWell(int steps) {
    Sums sums = new Sums();
    for (int i = 0; i < steps; i++) {
      step();
      sums.add(model.parameters());
      sums.evaluate();
    }
    return sums;
  }

  double metered(int steps) {
    Meter meter = new Meter();
    for (int i = 0; i < steps; i++) {
      step();
      meter.add("mean", x.mean());
    }
    return meter.read("mean");
  }

  /** A shadow for each round. */
  double anew(int rounds) {
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      Shadow shadow = new Shadow(model, 0.5);
      shadow.follow(model);
      sum += shadow.weights().get("weight").sum().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(1);
    NamedAverages all = new NamedAverages();
    System.out.println(all.forgotten(30).weights().size() + all.evaluated(30).weights().size()
        + all.summed(30).get("weight").sum().item() + all.summedWell(30).get("weight").sum().item()
        + all.metered(30) + all.anew(3));
  }
}
