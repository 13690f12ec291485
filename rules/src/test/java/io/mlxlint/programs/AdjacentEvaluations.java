package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;

/** Iterations that evaluate twice in a row: neither needs the other, and some state needs both. */
final class AdjacentEvaluations {
  private final Linear model = new Linear(8, 1);
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad lossAndGrad =
      NN.valueAndGrad(model, (Array x) -> model.apply(x).square().mean());
  private Array seen = MX.zeros(1);

  /** The loss is no intermediate of the parameters: without the first evaluation nobody would compute it. */
  double lossFirst(Array x, int steps) {
    double last = 0;
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = lossAndGrad.apply(x);
      optimizer.update(model, result.gradsByName());
      result.closeGrads();
      MX.eval(result.value());
      MX.eval(model, optimizer);
      last = result.value().item();
    }
    return last;
  }

  double forgotten(Array x, int steps) {
    Array total = MX.zeros(1);
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = lossAndGrad.apply(x);
      optimizer.update(model, result.gradsByName());
      result.closeGrads();
      total = total.add(result.value()); // expect: unevaluated-loop-state
      MX.eval(result.value());
      MX.eval(model, optimizer);
    }
    return total.item();
  }

  /** The state is made between the two, and the last evaluation is not for every iteration. */
  double between(Array x, int steps) {
    Array total = MX.zeros(1);
    Array spread = MX.zeros(1);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      MX.eval(y);
      total = total.add(y.mean()); // expect: unevaluated-loop-state
      Array z = x.add(Random.normal(8));
      MX.eval(z);
      spread = spread.add(z.std()); // expect: unevaluated-loop-state
      if (i % 10 == 0) {
        MX.eval(z.square());
      }
    }
    return total.add(spread).item();
  }

  /** Some iterations update it, all evaluate. */
  double counted(Array x, int steps) {
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      if (i % 2 == 0) {
        seen = seen.add(1.0); // expect: unevaluated-loop-state
      }
      MX.eval(y.sum());
      MX.eval(y);
    }
    return seen.item();
  }

  /** Evaluated by the first or the second, as it must be. */
  double evaluated(Array x, int steps) {
    Array total = MX.zeros(1);
    Array spread = MX.zeros(1);
    for (int i = 0; i < steps; i++) {
      Array y = x.multiply(i).tanh();
      total = total.add(y.mean());
      spread = spread.add(y.std());
      MX.eval(total);
      MX.eval(y, spread);
    }
    return total.add(spread).item();
  }

  public static void main(String[] args) {
    Random.seed(8);
    Array x = Random.normal(4, 8);
    AdjacentEvaluations all = new AdjacentEvaluations();
    System.out.println(all.lossFirst(x, 30) + " " + all.forgotten(x, 30) + " " + all.between(x, 30) + " "
        + all.counted(x, 30) + " " + all.evaluated(x, 30));
  }
}
