package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.SGD;

/** Gradients that are given up, but only when the evaluation that could have used their memory is over. */
final class ReleasedTooLate {
  private final Module model = new Linear(64, 64);
  private final Adam adam = new Adam(1e-3);
  private final Array x = Random.normal(32, 64);

  private ValueAndGrad step() {
    return NN.valueAndGrad(model, (a, b) -> model.apply(a).subtract(b).square().mean());
  }

  void closedAfterwards(int steps) {
    ValueAndGrad step = step();
    for (int i = 0; i < steps; i++) {
      var result = step.apply(x, x);
      adam.update(model, result.gradsByName());
      MX.eval(model, adam); // expect: retained-temporaries
      result.closeGrads();
    }
  }

  void closedAfterwardsByName(int steps) {
    ValueAndGrad step = step();
    for (int i = 0; i < steps; i++) {
      ValueAndGrad.Result result = step.apply(x, x);
      var gradients = result.gradsByName();
      adam.update(model, gradients);
      MX.eval(model, adam); // expect: retained-temporaries
      MX.close(gradients);
    }
  }

  void inAScope(int steps) {
    ValueAndGrad step = step();
    for (int i = 0; i < steps; i++) {
      try (var scope = MX.scope()) {
        var result = step.apply(x, x);
        adam.update(model, result.gradsByName());
        MX.eval(model, adam); // expect: retained-temporaries
      }
    }
  }

  /** The model is a variable, and is there before the scope. */
  static Module fitted(Array x, int steps) {
    Linear line = new Linear(64, 64);
    SGD descent = new SGD(0.01);
    ValueAndGrad step = NN.valueAndGrad(line, (a, b) -> line.apply(a).subtract(b).abs().mean());
    for (int i = 0; i < steps; i++) {
      try (var scope = MX.scope()) {
        descent.update(line, step.apply(x, x).gradsByName());
        MX.eval(line, descent); // expect: retained-temporaries
      }
    }
    return line;
  }

  /** Closed in time, as it should be. */
  void closedBefore(int steps) {
    ValueAndGrad step = step();
    for (int i = 0; i < steps; i++) {
      var result = step.apply(x, x);
      adam.update(model, result.gradsByName());
      result.closeGrads();
      MX.eval(model, adam);
    }
  }

  /** The size of the gradients is looked at after the step, before they go. */
  double largest(int steps) {
    ValueAndGrad step = step();
    double largest = 0;
    for (int i = 0; i < steps; i++) {
      var result = step.apply(x, x);
      adam.update(model, result.gradsByName());
      MX.eval(model, adam, result.grads());
      if (i % 10 == 9) {
        largest = Math.max(largest, MX.max(result.gradsByName().get("weight").abs()).item());
      }
      result.closeGrads();
    }
    return largest;
  }

  public static void main(String[] args) {
    Random.seed(3);
    ReleasedTooLate training = new ReleasedTooLate();
    MX.eval(training.model, training.x);
    training.closedAfterwards(20);
    training.closedAfterwardsByName(20);
    training.inAScope(20);
    training.closedBefore(20);
    Module line = fitted(training.x, 20);
    System.out.printf("%.3f %.3f%n", training.largest(20), line.apply(training.x).sum().item());
  }
}
