package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.Map;

/** Two models with an optimizer each, trained by turns. */
final class PlayersByTurns {
  private static final int LATENT = 4;
  private static final int BATCH = 16;

  static final class Net extends Module {
    private final Linear in;
    private final Linear out;

    Net(int from, int width, int to) {
      in = new Linear(from, width);
      out = new Linear(width, to);
    }

    @Override
    protected Array forward(Array x) {
      return out.apply(NN.leakyRelu(in.apply(x), 0.2));
    }
  }

  /** A model with what trains it. */
  private abstract static class Player {
    final Net net;
    final Optimizer optimizer;
    final ValueAndGrad objective;

    Player(Net net, double rate) {
      this.net = net;
      this.optimizer = new Adam(rate);
      this.objective = NN.valueAndGrad(net, this::loss);
    }

    abstract Array loss(Array a);

    Array play(Array a) {
      ValueAndGrad.Result result = objective.apply(a);
      optimizer.update(net, result.gradsByName());
      result.closeGrads();
      return result.value();
    }
  }

  private final class Critic extends Player {
    Critic() {
      super(new Net(2, 12, 1), 1e-2);
    }

    @Override
    Array loss(Array real) {
      Array fake = generator.net.apply(noise());
      Array onReal = net.apply(real);
      Array onFake = net.apply(fake);
      return Losses.binaryCrossEntropy(onReal, MX.onesLike(onReal))
          .add(Losses.binaryCrossEntropy(onFake, MX.zerosLike(onFake)));
    }
  }

  private final class Generator extends Player {
    Generator() {
      super(new Net(LATENT, 12, 2), 1e-2);
    }

    @Override
    Array loss(Array noise) {
      Array judged = critic.net.apply(net.apply(noise));
      return Losses.binaryCrossEntropy(judged, MX.onesLike(judged));
    }
  }

  private final Generator generator = new Generator();
  private final Critic critic = new Critic();

  static Array noise() {
    return Random.normal(BATCH, LATENT);
  }

  static Array ring() {
    Array angle = Random.uniform(0, 2 * Math.PI, new int[] {BATCH});
    return MX.stack(new Array[] {angle.cos(), angle.sin()}, 1);
  }

  private double adversarial(int rounds, int critics) {
    Array real = MX.zeros(1);
    Array history = MX.zeros(2);
    double shown = 0;
    for (int round = 0; round < rounds; round++) {
      for (int k = 0; k < critics; k++) {
        real = critic.play(ring());
        MX.eval(critic.net, critic.optimizer);
      }
      Array fooled = generator.play(noise());
      MX.eval(generator.net, generator.optimizer);
      history = history.add(MX.stack(new Array[] {real, fooled})); // expect: unevaluated-loop-state
    }
    for (double h : history.toDoubleArray()) {
      shown += h;
    }
    return shown;
  }

  /** Both players at once, both losses read. */
  double duel(int rounds) {
    double gap = 0;
    for (int round = 0; round < rounds; round++) {
      Array c = critic.play(ring());
      Array g = generator.play(noise());
      MX.eval(critic.net, critic.optimizer, generator.net, generator.optimizer);
      gap += c.item();
      gap -= g.item(); // expect: host-read-in-loop
    }
    return gap;
  }

  /** By hand, with two open sets of gradients. */
  double manual(int rounds) {
    double sum = 0;
    for (int round = 0; round < rounds; round++) {
      ValueAndGrad.Result forCritic = critic.objective.apply(ring());
      Map<String, Array> grads = forCritic.gradsByName();
      critic.optimizer.update(critic.net, grads);
      MX.eval(critic.net, critic.optimizer); // expect: retained-temporaries
      ValueAndGrad.Result forGenerator = generator.objective.apply(noise());
      generator.optimizer.update(generator.net, forGenerator.gradsByName());
      double norm = MX.sqrt(forGenerator.grads()[0].square().sum()).item();
      MX.close((Object) forGenerator.grads());
      MX.eval(generator.net, generator.optimizer);
      sum += norm;
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(11);
    PlayersByTurns players = new PlayersByTurns();
    System.out.println(Math.round(players.adversarial(8, 2)));
    System.out.println(Math.round(players.duel(3)));
    System.out.println(players.manual(3) > 0);
  }
}
