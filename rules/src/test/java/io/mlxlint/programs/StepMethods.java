package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.Map;

/** One training, and how long its gradients stay open. */
final class StepMethods {
  private final Linear model = new Linear(128, 128);
  private final SGD optimizer = new SGD(0.1);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));

  void closed(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      Map<String, Array> gradients = lossAndGrads.apply(x, y).gradsByName();
      optimizer.update(model, gradients);
      MX.close(gradients);
      MX.eval(model, optimizer);
    }
  }

  void open(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      Map<String, Array> gradients = lossAndGrads.apply(x, y).gradsByName();
      optimizer.update(model, gradients);
      MX.eval(model, optimizer); // expect: retained-temporaries
    }
  }

  /** The gradients are looked at after the evaluation, so they have to be there. */
  double looked(Array x, Array y, int steps) {
    double largest = 0;
    for (int step = 0; step < steps; step++) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(model, result.gradsByName());
      Array norm = result.grads()[0].square().sum();
      MX.eval(model, optimizer, norm, result.grads());
      if (step % 10 == 0) {
        largest = Math.max(largest, result.grads()[0].abs().max().item());
      }
      MX.close((Object) result.grads());
    }
    return largest;
  }

  private Array build(Array x, Array y) {
    ValueAndGrad.Result result = lossAndGrads.apply(x, y);
    optimizer.update(model, result.gradsByName());
    return result.value();
  }

  /** The scope is around the call. */
  void scoped(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      Array loss = MX.tidy(() -> build(x, y));
      MX.eval(model, optimizer, loss);
    }
  }

  /** The scope ends too late. */
  void insideScope(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      MX.tidy(() -> {
        ValueAndGrad.Result result = lossAndGrads.apply(x, y);
        optimizer.update(model, result.gradsByName());
        MX.eval(model, optimizer); // expect: retained-temporaries
      });
    }
  }

  /** Python would have freed the gradients at the method's end; here they are open until collected. */
  void unscoped(Array x, Array y, int steps) {
    for (int step = 0; step < steps; step++) {
      Array loss = build(x, y);
      MX.eval(model, optimizer, loss); // expect: retained-temporaries
    }
  }

  public static void main(String[] args) {
    StepMethods training = new StepMethods();
    Array x = Random.normal(64, 128);
    Array y = Random.normal(64, 128);
    MX.eval(x, y);
    training.closed(x, y, 10);
    training.open(x, y, 10);
    training.scoped(x, y, 10);
    training.insideScope(x, y, 10);
    training.unscoped(x, y, 10);
    System.out.println(training.looked(x, y, 10));
  }
}
