package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;

/** What a training step is given, evaluated before the step: the updated model is made of it anyway. */
final class StepInputs {
  private static final Array SHARPNESS = MX.array(0.25);

  private final Array gain = MX.array(1.5);
  private final Linear generator = new Linear(4, 2);
  private final Linear critic = new Linear(2, 1);
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad criticStep = NN.valueAndGrad(critic, this::loss);
  private final int rounds;

  StepInputs(int rounds) {
    this.rounds = rounds;
    MX.eval(generator, critic);
  }

  private Array loss(Array real, Array fake) {
    return critic.apply(real).subtract(critic.apply(fake)).square().mean();
  }

  void adversarial() {
    for (int i = 0; i < rounds; i++) {
      Array fake = generator.apply(Random.normal(16, 4));
      MX.eval(fake); // expect: eval-per-intermediate
      ValueAndGrad.Result result = criticStep.apply(Random.normal(16, 2), fake);
      optimizer.update(critic, result.gradsByName());
      result.closeGrads();
      MX.eval(critic, optimizer);
    }
  }

  /** Through gradients that are clipped; evaluating either of the two is enough. */
  double bootstrapped() {
    double worst = 0;
    for (int i = 0; i < rounds; i++) {
      Array states = Random.normal(16, 4);
      Array targets = generator.apply(states).tanh().multiply(0.99);
      MX.eval(targets); // expect: eval-per-intermediate
      ValueAndGrad.Result result = criticStep.apply(Random.normal(16, 2), targets);
      Optimizer.Clipped clipped = Optimizer.clipGradNorm(result.gradsByName(), 1);
      optimizer.update(critic, clipped.gradients());
      result.closeGrads();
      MX.eval(optimizer, clipped.norm()); // expect: retained-temporaries
      worst = Math.max(worst, clipped.norm().item());
    }
    return worst;
  }

  /** Numbers in fields of a class with a constructor. */
  Array amplified(Array x) {
    Array half = x.astype(MX.float16).tanh();
    Array louder = half.multiply(gain); // expect: scalar-array-upcast
    return louder.astype(MX.float16).add(SHARPNESS); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Random.seed(1);
    StepInputs steps = new StepInputs(20);
    steps.adversarial();
    System.out.println(steps.bootstrapped() + " " + steps.amplified(Random.normal(4)).sum().item());
  }
}
