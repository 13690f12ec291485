package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A generator against a discriminator: two updates per step, each evaluated. */
final class TwoPlayers {
  private final Linear generator = new Linear(8, 16);
  private final Linear discriminator = new Linear(16, 1);
  private final Adam generatorOptimizer = new Adam(1e-3);
  private final Adam discriminatorOptimizer = new Adam(1e-3);

  private final ValueAndGrad judge = NN.valueAndGrad(discriminator, (real, fake) ->
      MX.mean(discriminator.apply(fake)).subtract(MX.mean(discriminator.apply(real))));
  private final ValueAndGrad deceive = NN.valueAndGrad(generator, z ->
      MX.mean(discriminator.apply(generator.apply(z))).negative());

  private Array discriminate(Array real) {
    return MX.tidy(() -> {
      Array fake = MX.stopGradient(generator.apply(Random.normal(real.shape(0), 8)));
      ValueAndGrad.Result result = judge.apply(real, fake);
      discriminatorOptimizer.update(discriminator, result.gradsByName());
      return result.value();
    });
  }

  private Array generate(int count) {
    return MX.tidy(() -> {
      ValueAndGrad.Result result = deceive.apply(Random.normal(count, 8));
      generatorOptimizer.update(generator, result.gradsByName());
      return result.value();
    });
  }

  /** Each player's step is evaluated when it is built. */
  double[][] play(Iterable<Array> batches) {
    List<double[]> losses = new ArrayList<>();
    for (Array real : batches) {
      Array d = discriminate(real);
      MX.eval(discriminator, discriminatorOptimizer, d);
      Array g = generate(real.shape(0));
      MX.eval(generator, generatorOptimizer, g);
      losses.add(new double[] {d.item(), g.item()});
    }
    return losses.toArray(double[][]::new);
  }

  /** Weights are clipped in place of a penalty; the model evaluates them with the rest. */
  void clip(double limit) {
    Map<String, Array> clipped = new HashMap<>();
    for (Map.Entry<String, Array> e : discriminator.parameters().entrySet()) {
      clipped.put(e.getKey(), e.getValue().clip(-limit, limit));
    }
    discriminator.update(clipped);
  }

  public static void main(String[] args) {
    TwoPlayers game = new TwoPlayers();
    List<Array> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batches.add(Random.normal(32, 16));
    }
    MX.eval(batches);
    double[][] losses = game.play(batches);
    game.clip(0.01);
    System.out.println(losses[losses.length - 1][0] + game.discriminator.weight.max().item());
  }
}
