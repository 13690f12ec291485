package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** A contextual bandit that is trained on whole episodes. */
final class BanditRollouts {
  private static final int ARMS = 6;
  private static final int CONTEXT = 12;

  /** What the agent has seen in one episode. */
  static final class Episode {
    private final List<Array> contexts = new ArrayList<>();
    private final List<Integer> arms = new ArrayList<>();
    private final List<Double> rewards = new ArrayList<>();

    void add(Array context, int arm, double reward) {
      contexts.add(context);
      arms.add(arm);
      rewards.add(reward);
    }

    int length() {
      return arms.size();
    }
  }

  private final Array truth = Random.normal(CONTEXT, ARMS);
  private Array policy = MX.zeros(CONTEXT, ARMS);

  /** One wait per step: the arm decides what comes next. */
  Episode play(int steps) {
    Episode episode = new Episode();
    int done = 0;
    while (true) {
      Array context = Random.normal(CONTEXT);
      int arm = Random.categorical(context.matmul(policy)).itemInt();
      double reward = arm == 0 ? 0.1 : 0.01 * arm;
      episode.add(context, arm, reward);
      if (++done >= steps) {
        return episode;
      }
    }
  }

  /** The discounted sums are made on the device and then fetched number by number. */
  static double[] returns(Episode episode, double discount) {
    double[] numbers = episode.rewards.stream().mapToDouble(Double::doubleValue).toArray();
    Array rewards = MX.array(numbers).multiply(MX.power(discount, MX.arange(numbers.length)));
    Array sums = MX.cumsum(rewards, 0, true, true);
    double[] out = new double[episode.length()];
    for (int t = episode.length() - 1; t >= 0; t--) {
      out[t] = sums.at(t).item(); // expect: host-read-in-loop
    }
    return out;
  }

  void learn(Episode episode, double[] returns) {
    Array contexts = MX.stack(episode.contexts, 0);
    Array arms = MX.array(episode.arms.stream().mapToInt(Integer::intValue).toArray());
    Array weights = MX.array(returns);
    Array step = MX.grad(p -> {
      Array logits = contexts.matmul(p);
      Array chosen = MX.takeAlongAxis(logits, arms.expandDims(1), 1).squeeze(1);
      return chosen.subtract(logits.logsumexp(1)).multiply(weights).mean().negative();
    }).apply(policy);
    policy = policy.subtract(step.multiply(0.1));
    MX.eval(policy); // expect: retained-temporaries
  }

  double regret() {
    return truth.max(1).mean().item();
  }

  public static void main(String[] args) {
    BanditRollouts bandit = new BanditRollouts();
    for (int episode = 0; episode < 20; episode++) {
      Episode played = bandit.play(32);
      bandit.learn(played, returns(played, 0.99));
    }
    System.out.println("regret " + bandit.regret());
  }
}
