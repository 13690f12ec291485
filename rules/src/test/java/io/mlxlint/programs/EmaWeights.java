package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.SGD;
import java.util.LinkedHashMap;
import java.util.Map;

/** A shadow of the weights, averaged over the steps; one owner forgets to evaluate it. */
final class EmaWeights {

  /** The shadow itself. */
  static final class Shadow {
    private final double decay;
    private final Map<String, Array> averages = new LinkedHashMap<>();

    Shadow(Module model, double decay) {
      this.decay = decay;
      averages.putAll(model.parameters());
    }

    /** Extends the averages by one step. */
    void follow(Module model) {
      for (Map.Entry<String, Array> e : model.parameters().entrySet()) {
        Array old = averages.get(e.getKey());
        averages.put(e.getKey(), old.multiply(decay).add(e.getValue().multiply(1 - decay)));
      }
    }

    void settle() {
      MX.eval(averages);
    }
  }

  private final Linear model = new Linear(32, 32);
  private final SGD optimizer = new SGD(0.05);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));

  private Array step(Array x, Array y) {
    return MX.tidy(() -> {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(model, result.gradsByName());
      return result.value();
    });
  }

  Shadow settled(Array x, Array y, int steps) {
    Shadow shadow = new Shadow(model, 0.99);
    for (int i = 0; i < steps; i++) {
      step(x, y);
      shadow.follow(model);
      MX.eval(model, optimizer);
      shadow.settle();
    }
    return shadow;
  }

  /** A single running figure, in two fashions. */
  double[] figures(Array x, Array y, int steps) {
    Array smooth = MX.array(0.0);
    Array worst = MX.array(0.0);
    for (int i = 0; i < steps; i++) {
      Array loss = step(x, y);
      smooth = smooth.multiply(0.98).add(loss.multiply(0.02)); // expect: unevaluated-loop-state
      worst = MX.maximum(worst, loss);
      MX.eval(model, optimizer, worst);
    }
    return new double[] {smooth.item(), worst.item()};
  }

  public static void main(String[] args) {
    EmaWeights training = new EmaWeights();
    Array x = Random.normal(64, 32);
    Array y = Random.normal(64, 32);
    MX.eval(x, y);
    Shadow shadow = training.settled(x, y, 40);
    double[] figures = training.figures(x, y, 40);
    System.out.println(shadow.averages.size() + " " + figures[0] + " " + figures[1]);
  }
}
