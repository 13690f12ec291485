package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients scaled by hand: the new ones stay open like those that they are made of. */
final class ScaledGradients {
  private final Linear model = new Linear(32, 32);
  private final SGD optimizer = new SGD(0.1);
  private final ValueAndGrad step = NN.valueAndGrad(model, (Array x) -> model.apply(x).square().mean());
  private Map<String, Array> last = new HashMap<>();

  void byLoop(int steps) {
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      Map<String, Array> scaled = new LinkedHashMap<>();
      for (Map.Entry<String, Array> g : result.gradsByName().entrySet()) {
        scaled.put(g.getKey(), g.getValue().multiply(0.5));
      }
      optimizer.update(model, scaled);
      result.closeGrads();
      MX.eval(model, optimizer); // expect: retained-temporaries
    }
  }

  void byFunction(int steps) {
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      Map<String, Array> scaled = new HashMap<>();
      result.gradsByName().forEach((name, g) -> scaled.put(name, g.clip(-1.0, 1.0)));
      optimizer.update(model, scaled);
      MX.eval(model, optimizer); // expect: retained-temporaries
      result.closeGrads();
    }
  }

  /** The scaled ones are closed, and what they are made of is not. */
  void unscaled(int steps) {
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      Map<String, Array> scaled = new HashMap<>();
      result.gradsByName().forEach((name, g) -> scaled.put(name, g.multiply(0.5)));
      optimizer.update(model, scaled);
      MX.close(scaled);
      MX.eval(model, optimizer); // expect: retained-temporaries
    }
  }

  /** Some are kept as they are. */
  void kept(int steps) {
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      result.gradsByName().forEach((name, g) -> last.put(name, g));
      optimizer.update(model, result.gradsByName());
      MX.eval(model, optimizer);
    }
  }

  void closed(int steps) {
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      Map<String, Array> scaled = new HashMap<>();
      result.gradsByName().forEach((name, g) -> scaled.put(name, g.multiply(0.5)));
      optimizer.update(model, scaled);
      result.closeGrads();
      MX.close(scaled);
      MX.eval(model, optimizer);
    }
  }

  /** Their size is asked for after the step, or they are kept for the next one. */
  double watched(int steps) {
    double largest = 0;
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
      Map<String, Array> scaled = new HashMap<>();
      for (Map.Entry<String, Array> g : result.gradsByName().entrySet()) {
        scaled.put(g.getKey(), g.getValue().multiply(0.5));
      }
      optimizer.update(model, scaled);
      result.closeGrads();
      Array size = scaled.get("weight").square().sum();
      MX.eval(model, optimizer, size);
      largest = Math.max(largest, size.item());
      last = scaled;
    }
    return largest;
  }

  /** Added up over some batches, and evaluated after each. */
  void accumulated(int steps) {
    for (int i = 0; i < steps; i++) {
      Map<String, Array> sums = new HashMap<>();
      for (int batch = 0; batch < 4; batch++) {
        ValueAndGrad.Result result = step.apply(Random.normal(4, 32));
        result.gradsByName().forEach((name, g) -> sums.merge(name, g, Array::add));
        MX.eval(sums);
      }
      optimizer.update(model, sums);
      MX.eval(model, optimizer);
    }
  }

  public static void main(String[] args) {
    Random.seed(1);
    ScaledGradients training = new ScaledGradients();
    training.byLoop(20);
    training.byFunction(20);
    training.closed(20);
    training.unscaled(20);
    training.kept(20);
    training.accumulated(5);
    System.out.println(training.watched(20) + " " + training.last.size());
  }
}
