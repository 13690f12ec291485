package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;

/** A schedule on the host and clipped gradients; the norm is read where it decides. */
final class WarmUp {
  private static final int WARM = 20;

  private static double rate(int step) {
    return step < WARM ? 0.1 * (step + 1) / WARM : 0.1 * Math.pow(0.99, step - WARM);
  }

  public static void main(String[] args) {
    Linear model = new Linear(32, 8);
    SGD optimizer = new SGD(0.1);
    var lossAndGrads = NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));
    int skipped = 0;
    for (int step = 0; step < 200; step++) {
      Array x = Random.normal(16, 32);
      Array y = Random.normal(16, 8);
      optimizer.setLearningRate(rate(step));
      Array norm = MX.tidy(() -> {
        var clipped = Optimizer.clipGradNorm(lossAndGrads.apply(x, y).gradsByName(), 1.0);
        optimizer.update(model, clipped.gradients());
        return clipped.norm();
      });
      MX.eval(model, optimizer, norm);
      if (norm.item() > 100) {
        skipped++;
      }
    }
    System.out.println(skipped + " steps were steep");
  }
}
