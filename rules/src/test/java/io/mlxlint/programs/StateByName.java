package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** Trains with the maps of parameters and of optimizer state in the evaluation, and averages in fields. */
final class StateByName {
  private final Linear model = new Linear(4, 1);
  private final Adam optimizer = new Adam(0.01);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));
  private Array average = MX.zeros();
  private Array together = MX.zeros();
  private Array checked = MX.zeros();

  void forgotten(List<Array> batches) {
    for (Array x : batches) {
      ValueAndGrad.Result r = lossAndGrads.apply(x, x.sum(1, true));
      average = average.multiply(0.9).add(r.value().multiply(0.1)); // expect: unevaluated-loop-state
      optimizer.update(model, r.gradsByName());
      r.closeGrads();
      MX.eval(model.parameters(), optimizer.state());
    }
  }

  void evaluated(List<Array> batches) {
    for (Array x : batches) {
      ValueAndGrad.Result r = lossAndGrads.apply(x, x.sum(1, true));
      together = together.multiply(0.9).add(r.value().multiply(0.1));
      optimizer.update(model, r.gradsByName());
      r.closeGrads();
      MX.eval(model.parameters(), optimizer.state(), together);
    }
  }

  /** What is clipped holds the gradients until the second evaluation. */
  void checked(List<Array> batches) {
    for (Array x : batches) {
      ValueAndGrad.Result r = lossAndGrads.apply(x, x.sum(1, true));
      Optimizer.Clipped clipped = Optimizer.clipGradNorm(r.gradsByName(), 1);
      checked = checked.multiply(0.9).add(r.value().multiply(0.1));
      MX.eval(checked, clipped.norm());
      if (Double.isNaN(clipped.norm().item())) {
        throw new IllegalStateException("not a number");
      }
      optimizer.update(model, clipped.gradients());
      MX.eval(model.parameters(), optimizer.state()); // expect: retained-temporaries
    }
  }

  public static void main(String[] args) {
    Random.seed(5);
    StateByName run = new StateByName();
    List<Array> batches = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      batches.add(Random.normal(8, 4));
    }
    run.forgotten(batches);
    run.evaluated(batches);
    run.checked(batches);
    System.out.println(run.average.item() + " " + run.together.item() + " " + run.checked.item());
  }
}
