package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Averages of a half-precision model's weights, kept in four ways. */
final class WeightAverages {

  static final class Net extends Module {
    final Linear first = new Linear(16, 32);
    final Linear second = new Linear(32, 4);

    @Override
    protected Array forward(Array x) {
      return second.apply(NN.relu(first.apply(x)));
    }
  }

  private final Map<String, Array> average = new LinkedHashMap<>();

  WeightAverages(Module model) {
    model.parameters().forEach((name, p) -> average.put(name, p.multiply(1.0)));
  }

  /** Numbers leave the averages half. */
  void update(Module model, double decay) {
    model.parameters().forEach((name, p) ->
        average.merge(name, p, (old, fresh) -> old.multiply(decay).add(fresh.multiply(1 - decay))));
  }

  /** An array of the decay does not. */
  static Map<String, Array> blended(Net model, Map<String, Array> other) {
    Array decay = MX.array(0.99);
    Map<String, Array> out = new HashMap<>();
    for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
      Array old = other.get(e.getKey());
      out.put(e.getKey(), e.getValue().multiply(decay).add(old)); // expect: scalar-array-upcast
    }
    return out;
  }

  /** Sums over many models are float32 by intention. */
  static Array summed(Iterable<Net> models) {
    Array sum = MX.zeros(32, 16);
    for (Net model : models) {
      sum = sum.add(model.first.weight.astype(MX.float32));
    }
    return sum;
  }

  /** And sums that forgot the cast. */
  static Array summedCarelessly(Iterable<Net> models) {
    Array sum = MX.zeros(32, 16);
    for (Net model : models) {
      sum = sum.add(model.first.weight); // expect: default-dtype-creator
    }
    return sum;
  }

  public static void main(String[] args) {
    Net a = new Net();
    Net b = new Net();
    a.setDtype(MX.bfloat16);
    b.setDtype(MX.bfloat16);
    WeightAverages averages = new WeightAverages(a);
    averages.update(b, 0.9);
    MX.eval(averages.average);
    Map<String, Array> blended = blended(a, b.parameters());
    System.out.println(averages.average.get("first.weight").dtype() + " "
        + blended.get("first.weight").dtype());
    System.out.println(summed(java.util.List.of(a, b)).dtype());
    System.out.println(summedCarelessly(java.util.List.of(a, b)).dtype());
  }
}
