package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.Scope;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Lion;

/** Scopes around steps: what is evaluated inside keeps all that was made open. */
final class ScopedTraining {
  private final Linear model = new Linear(96, 96);
  private final Lion optimizer = new Lion(1e-4);

  private Array loss(Array x, Array y) {
    Array hidden = model.apply(x).tanh();
    return hidden.subtract(y).square().mean();
  }

  private final ValueAndGrad lossAndGrads = NN.valueAndGrad(model, this::loss);

  /** Evaluates after the scope. */
  double after(Array x, Array y, int steps) {
    double last = 0;
    for (int i = 0; i < steps; i++) {
      Array loss;
      try (Scope scope = MX.scope()) {
        ValueAndGrad.Result result = lossAndGrads.apply(x, y);
        optimizer.update(model, result.gradsByName());
        loss = scope.keep(result.value());
      }
      MX.eval(model, optimizer, loss);
      last = loss.item();
    }
    return last;
  }

  /** Evaluates inside. */
  double inside(Array x, Array y, int steps) {
    double last = 0;
    for (int i = 0; i < steps; i++) {
      try (Scope scope = MX.scope()) {
        ValueAndGrad.Result result = lossAndGrads.apply(x, y);
        optimizer.update(model, result.gradsByName());
        MX.eval(model, optimizer, result.value()); // expect: retained-temporaries
        last = result.value().item();
      }
    }
    return last;
  }

  /** Inside a tidy that returns a number. */
  double tidied(Array x, Array y, int steps) {
    double last = 0;
    for (int i = 0; i < steps; i++) {
      last = MX.tidy(() -> {
        ValueAndGrad.Result result = lossAndGrads.apply(x, y);
        optimizer.update(model, result.gradsByName());
        Array loss = result.value();
        MX.eval(model, optimizer, loss); // expect: retained-temporaries
        return loss.item();
      });
    }
    return last;
  }

  /** A read inside of a scope that made little. */
  double small(Array x, int steps) {
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      int step = i;
      sum += MX.tidy(() -> x.sum().multiply(1.0 / (step + 1)).item());
    }
    return sum;
  }

  public static void main(String[] args) {
    ScopedTraining training = new ScopedTraining();
    Array x = Random.normal(64, 96);
    Array y = Random.normal(64, 96);
    MX.eval(x, y);
    System.out.println(training.after(x, y, 20) + training.inside(x, y, 20) + training.tidied(x, y, 20)
        + training.small(x, 20));
  }
}
