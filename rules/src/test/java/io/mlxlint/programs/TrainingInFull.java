package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import java.util.Map;
import java.util.TreeMap;

/** Trained in float32, exported in half: the scalar arrays belong to the training. */
final class TrainingInFull {

  static final class Tagger extends Module {
    final Embedding words = new Embedding(40, 16);
    final Linear first = new Linear(16, 32);
    final Linear second = new Linear(32, 5);
    final Array gain = parameter(MX.ones(32));

    @Override
    protected Array forward(Array tokens) {
      Array h = NN.relu(first.apply(words.apply(tokens))).multiply(gain);
      return second.apply(h);
    }
  }

  private final Tagger model = new Tagger();
  private final Adam optimizer = new Adam(1e-2);
  private final Array penalty = MX.array(1e-4);
  private final Array smoothing = MX.full(new int[] {5}, 0.02);

  private Array loss(Array tokens, Array tags) {
    Array logits = model.apply(tokens);
    Array plain = Losses.crossEntropy(logits, tags, Losses.Reduction.MEAN);
    Array weights = model.first.weight.square().sum().add(model.gain.square().sum());
    Array soft = NN.logSoftmax(logits).multiply(smoothing).sum(-1).mean();
    return plain.add(weights.multiply(penalty)).subtract(soft);
  }

  Array step(Array tokens, Array tags) {
    return MX.tidy(() -> {
      var result = NN.valueAndGrad(model, (Array x, Array y) -> loss(x, y)).apply(tokens, tags);
      Map<String, Array> noisy = new TreeMap<>();
      result.gradsByName().forEach((name, g) -> noisy.put(name, g.add(MX.zeros(1)).multiply(MX.array(0.5))));
      optimizer.update(model, Optimizer.clipGradNorm(noisy, 1.0).gradients());
      return result.value();
    });
  }

  /** A copy in half; the model stays as it is. */
  Map<String, Array> exported() {
    Map<String, Array> half = new TreeMap<>();
    for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
      half.put(e.getKey(), e.getValue().multiply(MX.array(1.0)).astype(MX.float16));
    }
    return half;
  }

  /** How much the export loses. */
  double loss(Map<String, Array> half) {
    Array worst = MX.array(0.0);
    for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
      Array back = half.get(e.getKey()).astype(MX.float32);
      worst = MX.maximum(worst, MX.abs(back.subtract(e.getValue())).max());
    }
    return worst.item();
  }

  public static void main(String[] args) {
    TrainingInFull training = new TrainingInFull();
    Array tokens = Random.randint(0, 40, new int[] {4, 10});
    Array tags = Random.randint(0, 5, new int[] {4, 10});
    for (int i = 0; i < 5; i++) {
      Array loss = training.step(tokens, tags);
      MX.eval(training.model, training.optimizer, loss);
    }
    System.out.println(training.loss(training.exported()) < 0.01);
  }
}
