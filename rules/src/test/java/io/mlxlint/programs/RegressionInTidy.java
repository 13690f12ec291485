package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;

/** Linear regression by gradient descent; each step is built in a scope and evaluated after it. */
final class RegressionInTidy {
  private static final int REPORT_EVERY = 50;

  private static Array loss(Array w, Array x, Array y) {
    return x.matmul(w).subtract(y).square().mean();
  }

  public static void main(String[] args) {
    Random.seed(3);
    Array truth = Random.normal(100, 1);
    Array x = Random.normal(1000, 100);
    Array y = x.matmul(truth).add(Random.normal(1000, 1).multiply(0.01));
    MX.eval(truth, x, y);
    ValueAndGrad lossAndGrad = MX.valueAndGrad(RegressionInTidy::loss);
    Array w = MX.zeros(100, 1);
    for (int step = 1; step <= 500; step++) {
      Array before = w;
      Array[] next = MX.tidy(() -> {
        ValueAndGrad.Result r = lossAndGrad.apply(before, x, y);
        return new Array[] {before.subtract(r.grad().multiply(0.1)), r.value()};
      });
      w = next[0];
      MX.eval(w, next[1]);
      before.close();
      if (step % REPORT_EVERY == 0) {
        System.out.printf("step %d: loss %.6f%n", step, next[1].item());
      }
    }
    double error = w.subtract(truth).square().sum().sqrt().item();
    System.out.println("distance to the truth " + error);
  }
}
