package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;

/** Rollouts in an environment behind an interface; figures of training are kept on the device. */
final class ActorCritic {

  interface Environment {
    Array reset();

    Outcome step(int action);
  }

  record Outcome(Array observation, double reward, boolean done) {}

  /** A pole on a cart, roughly. */
  static final class Cart implements Environment {
    private double angle;
    private int age;

    @Override
    public Array reset() {
      angle = 0.05;
      age = 0;
      return observe();
    }

    @Override
    public Outcome step(int action) {
      angle += action == 0 ? -0.02 : 0.021;
      age++;
      return new Outcome(observe(), 1 - Math.abs(angle), Math.abs(angle) > 0.3 || age > 60);
    }

    private Array observe() {
      return MX.array(new double[] {angle, age / 60.0, 1});
    }
  }

  private final Linear actor = new Linear(3, 2);
  private final Linear critic = new Linear(3, 1);
  private final Adam optimizer = new Adam(1e-2);
  private Array baseline = MX.array(0.0);
  private Array entropy = MX.array(0.0);

  private int act(Array observation) {
    return Random.categorical(actor.apply(observation)).itemInt();
  }

  /** One read per step, without which the environment cannot go on. */
  double episode(Environment environment) {
    Array observation = environment.reset();
    double total = 0;
    boolean done = false;
    while (!done) {
      Outcome outcome = environment.step(act(observation));
      total += outcome.reward();
      observation = outcome.observation();
      done = outcome.done();
    }
    return total;
  }

  /** The baseline is read for the advantage, the entropy by nobody until the end. */
  void train(Environment environment, int episodes) {
    ValueAndGrad lossAndGrads = NN.valueAndGrad(critic, (x, y) -> Losses.mseLoss(critic.apply(x), y));
    for (int i = 0; i < episodes; i++) {
      double reward = episode(environment);
      baseline = baseline.multiply(0.9).add(0.1 * reward);
      Array p = MX.softmax(actor.apply(environment.reset()));
      entropy = entropy.subtract(p.multiply(p.log()).sum()); // expect: unevaluated-loop-state
      ValueAndGrad.Result result = lossAndGrads.apply(environment.reset(), baseline.reshape(1));
      optimizer.update(critic, result.gradsByName());
      MX.close((Object) result.grads());
      MX.eval(critic, optimizer, baseline);
    }
  }

  public static void main(String[] args) {
    ActorCritic agent = new ActorCritic();
    agent.train(new Cart(), 40);
    System.out.println("entropy " + agent.entropy.item() + " of " + agent.baseline.item());
  }
}
