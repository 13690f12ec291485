package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.LinkedHashMap;
import java.util.Map;

/** Functions given by name, where only the number of their parameters says which overload takes them. */
final class ReferencedLoss {

  /** An average of the weights, extended in each step and evaluated in none. */
  static final class Average {
    private final Map<String, Array> weights = new LinkedHashMap<>();

    Average(Linear model) {
      weights.putAll(model.parameters());
    }

    void follow(Linear model) {
      for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
        weights.merge(e.getKey(), e.getValue(), // expect: unevaluated-loop-state
            (old, now) -> old.multiply(0.9).add(now.multiply(0.1)));
      }
    }
  }

  private final Linear model = new Linear(8, 4);
  private final SGD optimizer = new SGD(0.1);
  private final ValueAndGrad lossAndGrad = NN.valueAndGrad(model, this::loss);
  private final Array table = Random.normal(64, 8);

  private Array loss(Array rows, Array target, Array weight) {
    return model.apply(MX.take(table, rows, 0)).subtract(target).square().multiply(weight).mean();
  }

  static Array blend(Array a, Array b) {
    return a.multiply(0.5).add(b.multiply(0.5)).tanh();
  }

  Average train(int steps) {
    Average average = new Average(model);
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result =
          lossAndGrad.apply(Random.randint(0, 64, new int[] {16}), Random.normal(16, 4), MX.ones(16, 1));
      optimizer.update(model, result.gradsByName());
      average.follow(model);
      result.closeGrads();
      MX.eval(model, optimizer);
    }
    return average;
  }

  static Array blended(Array x, int rounds) {
    Array start = x;
    for (int i = 0; i < rounds; i++) {
      Compiled f = MX.compile(ReferencedLoss::blend); // expect: compile-in-loop
      x = f.apply(x, start);
      MX.eval(x);
    }
    return x;
  }

  public static void main(String[] args) {
    Random.seed(1);
    System.out.println(new ReferencedLoss().train(30).weights.size() + " "
        + blended(Random.normal(8), 20).sum().item());
  }
}
