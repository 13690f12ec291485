package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import java.util.ArrayList;
import java.util.List;

/** A bandit learnt by policy gradients: rewards come from the host, the policy is bfloat16. */
final class PolicyGradient {

  static final class Policy extends Module {
    final Linear hidden = new Linear(4, 16);
    final Linear actions = new Linear(16, 3);

    @Override
    protected Array forward(Array x) {
      return NN.logSoftmax(actions.apply(NN.tanh(hidden.apply(x))));
    }
  }

  /** What was seen in one round. */
  record Round(Array states, int[] chosen, double[] rewards) {

    double[] discounted(double rate) {
      double[] out = new double[rewards.length];
      double later = 0;
      for (int i = rewards.length - 1; i >= 0; i--) {
        later = rewards[i] + rate * later;
        out[i] = later;
      }
      return out;
    }
  }

  private final Policy policy = new Policy();
  private final Adam optimizer = new Adam(0.01);

  PolicyGradient() {
    policy.setDtype(MX.bfloat16);
  }

  private static Array picked(Array logs, int[] chosen) {
    return MX.takeAlongAxis(logs, MX.array(chosen).expandDims(-1), -1).squeeze(-1);
  }

  /** The rewards become float32 and the loss with them. */
  Array loss(Round round) {
    Array logs = picked(policy.apply(round.states()), round.chosen());
    Array rewards = MX.array(round.discounted(0.9));
    return logs.multiply(rewards).mean().negative(); // expect: default-dtype-creator
  }

  /** The rewards take the dtype of the policy. */
  Array lossInHalf(Round round) {
    Array logs = picked(policy.apply(round.states()), round.chosen());
    Array rewards = MX.array(round.discounted(0.9), logs.dtype());
    Array advantage = rewards.subtract(rewards.mean());
    return logs.multiply(advantage).mean().negative();
  }

  /** An entropy bonus whose share is a number in one place and an array in another. */
  static Array entropy(Array logs, double share) {
    return MX.exp(logs).multiply(logs).sum(-1).mean().multiply(share);
  }

  Array regularized(Round round, float share) {
    Array logs = policy.apply(round.states());
    Array bonus = MX.multiply(MX.array(share), entropy(logs, 1)); // expect: scalar-array-upcast
    return lossInHalf(round).add(bonus);
  }

  void learn(List<Round> rounds) {
    for (Round round : rounds) {
      var step = NN.valueAndGrad(policy, (Array states) -> lossInHalf(round));
      Array loss = MX.tidy(() -> {
        var result = step.apply(round.states());
        optimizer.update(policy, result.gradsByName());
        return result.value();
      });
      MX.eval(policy, optimizer, loss);
    }
  }

  public static void main(String[] args) {
    PolicyGradient agent = new PolicyGradient();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Array states = Random.normal(5, 4).astype(MX.bfloat16);
      rounds.add(new Round(states, new int[] {0, 1, 2, 1, 0}, new double[] {1, 0, 0, 1, -1}));
    }
    agent.learn(rounds);
    Round last = rounds.getLast();
    System.out.println(agent.loss(last).dtype() + " " + agent.regularized(last, 0.01f).dtype());
  }
}
