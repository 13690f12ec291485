package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;

/** A running baseline that only the loss reads: the new parameters are made of it, and they are evaluated. */
final class BaselineInLoss {
  private final Linear policy = new Linear(4, 4);
  private final SGD optimizer = new SGD(0.05);
  private Array baseline = MX.array(0.0);
  private Array total = MX.array(0.0);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(policy, (x, rewards) -> policy.apply(x).multiply(rewards.subtract(baseline)).mean());

  private static Array rewards(int episode) {
    return MX.full(new int[] {4}, episode % 3);
  }

  private void follow(Array rewards) {
    baseline = baseline.multiply(0.9).add(rewards.mean().multiply(0.1));
  }

  /** The loss is written where it is used; nothing reads the total. */
  void writtenHere(int episodes) {
    for (int i = 0; i < episodes; i++) {
      Array rewards = rewards(i);
      baseline = baseline.multiply(0.9).add(rewards.mean().multiply(0.1));
      total = total.add(rewards.mean()); // expect: unevaluated-loop-state
      ValueAndGrad loss =
          NN.valueAndGrad(policy, x -> policy.apply(x).multiply(rewards.subtract(baseline)).mean());
      ValueAndGrad.Result result = loss.apply(MX.ones(4));
      optimizer.update(policy, result.gradsByName());
      result.closeGrads();
      MX.eval(policy, optimizer);
    }
  }

  /** The loss is in a field. */
  void inField(int episodes) {
    for (int i = 0; i < episodes; i++) {
      Array rewards = rewards(i);
      baseline = baseline.multiply(0.9).add(rewards.mean().multiply(0.1));
      total = total.add(rewards.mean()); // expect: unevaluated-loop-state
      ValueAndGrad.Result result = lossAndGrads.apply(MX.ones(4), rewards);
      optimizer.update(policy, result.gradsByName());
      result.closeGrads();
      MX.eval(policy, optimizer);
    }
  }

  private void update(Array rewards) {
    ValueAndGrad.Result result = lossAndGrads.apply(MX.ones(4), rewards);
    optimizer.update(policy, result.gradsByName());
    result.closeGrads();
  }

  /** A method updates. */
  void inMethod(int episodes) {
    for (int i = 0; i < episodes; i++) {
      Array rewards = rewards(i);
      follow(rewards);
      update(rewards);
      MX.eval(policy, optimizer);
    }
  }

  /** A scope is around the update. */
  void inScope(int episodes) {
    for (int i = 0; i < episodes; i++) {
      Array rewards = rewards(i);
      baseline = baseline.multiply(0.9).add(rewards.mean().multiply(0.1));
      total = total.add(rewards.mean()); // expect: unevaluated-loop-state
      MX.tidy(() -> {
        ValueAndGrad.Result result = lossAndGrads.apply(MX.ones(4), rewards);
        optimizer.update(policy, result.gradsByName());
      });
      MX.eval(policy, optimizer);
    }
  }

  /** Nothing is updated, so what is evaluated is the model as it was. */
  void updatedNever(int episodes) {
    for (int i = 0; i < episodes; i++) {
      Array rewards = rewards(i);
      baseline = baseline.multiply(0.9).add(rewards.mean().multiply(0.1)); // expect: unevaluated-loop-state
      MX.eval(policy, optimizer);
    }
  }

  public static void main(String[] args) {
    BaselineInLoss program = new BaselineInLoss();
    program.writtenHere(6);
    program.inField(6);
    program.inMethod(6);
    program.inScope(6);
    program.updatedNever(3);
    System.out.println(program.baseline.item() + " " + program.total.item());
  }
}
