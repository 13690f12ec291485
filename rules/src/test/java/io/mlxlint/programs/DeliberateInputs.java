package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;
import java.util.ArrayDeque;
import java.util.Deque;

/** Inputs of training steps that are evaluated early for a reason, and clipped gradients that are closed. */
final class DeliberateInputs {
  private final Linear generator = new Linear(4, 2);
  private final Linear critic = new Linear(2, 1);
  private final SGD optimizer = new SGD(1e-2);
  private final ValueAndGrad step = NN.valueAndGrad(critic, (Array x) -> critic.apply(x).square().mean());
  private final Deque<Array> pool = new ArrayDeque<>();

  private void train(Array x) {
    ValueAndGrad.Result result = step.apply(x);
    optimizer.update(critic, result.gradsByName());
    result.closeGrads();
  }

  /** A later round takes it out of the pool. */
  void pooled(int rounds) {
    for (int i = 0; i < rounds; i++) {
      Array fake = generator.apply(Random.normal(16, 4));
      pool.addLast(fake);
      MX.eval(fake);
      train(pool.size() > 3 ? pool.removeFirst() : fake);
      MX.eval(critic, optimizer);
    }
  }

  /** It is looked at first. */
  int finite(int rounds) {
    int skipped = 0;
    for (int i = 0; i < rounds; i++) {
      Array fake = generator.apply(Random.normal(16, 4));
      if (!MX.isfinite(fake).all().itemBoolean()) {
        skipped++;
        continue;
      }
      ValueAndGrad.Result result = step.apply(fake);
      optimizer.update(critic, result.gradsByName());
      result.closeGrads();
      MX.eval(critic, optimizer);
    }
    return skipped;
  }

  /** The time of the step alone. */
  double timed(int rounds) {
    double nanos = 0;
    for (int i = 0; i < rounds; i++) {
      Array fake = generator.apply(Random.normal(16, 4));
      MX.eval(fake);
      long start = System.nanoTime();
      ValueAndGrad.Result result = step.apply(fake);
      optimizer.update(critic, result.gradsByName());
      result.closeGrads();
      MX.eval(critic, optimizer);
      nanos += System.nanoTime() - start;
    }
    return nanos;
  }

  /** What is evaluated at the end is another model. */
  void elsewhere(int rounds) {
    for (int i = 0; i < rounds; i++) {
      Array fake = generator.apply(Random.normal(16, 4));
      MX.eval(fake);
      ValueAndGrad.Result result = step.apply(fake);
      optimizer.update(critic.parameters(), result.gradsByName());
      result.closeGrads();
      MX.eval(generator);
    }
    MX.eval(critic, optimizer);
  }

  /** All gradients are closed, and the norm is no gradient. */
  double clipped(int rounds) {
    double worst = 0;
    for (int i = 0; i < rounds; i++) {
      ValueAndGrad.Result result = step.apply(Random.normal(16, 2));
      Optimizer.Clipped clipped = Optimizer.clipGradNorm(result.gradsByName(), 1);
      optimizer.update(critic, clipped.gradients());
      MX.close(result.gradsByName(), clipped.gradients());
      MX.eval(critic, optimizer, clipped.norm());
      worst = Math.max(worst, clipped.norm().item());
    }
    return worst;
  }

  public static void main(String[] args) {
    Random.seed(1);
    DeliberateInputs inputs = new DeliberateInputs();
    inputs.pooled(20);
    inputs.elsewhere(20);
    System.out.println(inputs.finite(20) + " " + (inputs.timed(20) > 0) + " " + inputs.clipped(20));
  }
}
